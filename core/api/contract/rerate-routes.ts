/** Routes of pricing stored calls again, and of comparing prices without touching anything. */
import { z } from 'zod';
import { route } from '../route.ts';
import { idParams, language } from './common.ts';
import { ComparisonGrouping, PriceComparison, PriceComparisonInput } from './price-comparisons.ts';
import {
  Rerate,
  RerateCallPage,
  RerateCallQuery,
  RerateDecision,
  RerateDetail,
  RerateGrouping,
  RerateInput,
} from './rerates.ts';

const comparisonParams = z.object({ id: z.string().max(60) });

export const rerateRoutes = {
  listRerates: route({
    method: 'GET',
    path: '/api/rerates',
    access: 'read-prices',
    summary: 'Every time stored calls were priced again, newest first',
    response: z.array(Rerate),
  }),
  startRerate: route({
    method: 'POST',
    path: '/api/rerates',
    access: 'change-prices',
    summary: 'Price the calls of a period with the versions of now; nothing is changed yet',
    body: RerateInput,
    response: Rerate,
  }),
  getRerate: route({
    method: 'GET',
    path: '/api/rerates/:id',
    access: 'read-prices',
    summary: 'How far it is, and what it changes by person, department, band or month',
    params: idParams,
    query: z.object({ by: RerateGrouping.default('person') }),
    response: RerateDetail,
  }),
  listRerateCalls: route({
    method: 'GET',
    path: '/api/rerates/:id/calls',
    access: 'read-prices',
    summary: 'The calls that get another price, with before and after',
    params: idParams,
    query: RerateCallQuery,
    response: RerateCallPage,
  }),
  applyRerate: route({
    method: 'POST',
    path: '/api/rerates/:id/apply',
    access: 'change-prices',
    summary: 'Put the new prices in place, in open months',
    params: idParams,
    body: RerateDecision,
    response: Rerate,
  }),
  takeRerateBack: route({
    method: 'POST',
    path: '/api/rerates/:id/take-back',
    access: 'change-prices',
    summary: 'Put the prices from before back',
    params: idParams,
    body: RerateDecision,
    response: Rerate,
  }),
  cancelRerate: route({
    method: 'POST',
    path: '/api/rerates/:id/cancel',
    access: 'change-prices',
    summary: 'Stop working the prices out, or discard them',
    params: idParams,
    response: Rerate,
  }),
  startPriceComparison: route({
    method: 'POST',
    path: '/api/price-comparisons',
    access: 'read-prices',
    summary: 'What a period would have cost under other tariffs or versions; nothing is touched',
    body: PriceComparisonInput,
    response: PriceComparison,
  }),
  getPriceComparison: route({
    method: 'GET',
    path: '/api/price-comparisons/:id',
    access: 'read-prices',
    summary: 'How far a comparison is, and its rows by person, department, band, destination or month',
    params: comparisonParams,
    query: z.object({ by: ComparisonGrouping.default('person') }),
    response: PriceComparison,
  }),
  dropPriceComparison: route({
    method: 'DELETE',
    path: '/api/price-comparisons/:id',
    access: 'read-prices',
    summary: 'Stop a comparison and forget it',
    params: comparisonParams,
  }),
  exportPriceComparison: route({
    method: 'GET',
    path: '/api/price-comparisons/:id/export',
    access: 'read-prices',
    summary: 'A comparison as a workbook or as CSV',
    params: comparisonParams,
    query: z.object({
      type: z.enum(['xlsx', 'csv']),
      by: ComparisonGrouping.default('person'),
      language: language.optional(),
    }),
    produces: 'file',
  }),
} as const;
