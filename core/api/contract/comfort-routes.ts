/** Routes of views, undo, changes of many people, running work and the first week. */
import { z } from 'zod';
import { route } from '../route.ts';
import {
  FirstWeek,
  PeopleChange,
  PeopleChangeEffect,
  RunningWork,
  SavedView,
  SavedViewInput,
  ViewPage,
} from './comfort.ts';
import { idParams } from './common.ts';

export const comfortRoutes = {
  listViews: route({
    method: 'GET',
    path: '/api/views',
    access: 'read-calls',
    summary: 'Views of a table: own ones and shared ones',
    query: z.object({ page: ViewPage }),
    response: z.array(SavedView),
  }),
  saveView: route({
    method: 'PUT',
    path: '/api/views',
    access: 'read-calls',
    summary: 'Keep a view under a name; one of the same name is replaced',
    body: SavedViewInput,
    response: SavedView,
  }),
  removeView: route({
    method: 'DELETE',
    path: '/api/views/:id',
    access: 'read-calls',
    summary: 'Remove a view of one’s own',
    params: idParams,
  }),
  undoChange: route({
    method: 'POST',
    path: '/api/undo/:id',
    access: 'self',
    summary: 'Take back a change of one’s own, by the number its answer carried',
    params: idParams,
  }),
  previewPeopleChange: route({
    method: 'POST',
    path: '/api/people/change/preview',
    access: 'change-people',
    summary: 'What a change of many people would do; nothing is written',
    body: PeopleChange,
    response: PeopleChangeEffect,
  }),
  changePeople: route({
    method: 'POST',
    path: '/api/people/change',
    access: 'change-people',
    summary: 'Change many people in one step',
    body: PeopleChange,
    response: PeopleChangeEffect,
  }),
  listWork: route({
    method: 'GET',
    path: '/api/work',
    access: 'self',
    summary: 'Long work that runs now, with what is left of it',
    response: z.array(RunningWork),
  }),
  getFirstWeek: route({
    method: 'GET',
    path: '/api/first-week',
    access: 'administer',
    summary: 'What is done of the first month',
    response: FirstWeek,
  }),
  putFirstWeekAway: route({
    method: 'PUT',
    path: '/api/first-week',
    access: 'administer',
    summary: 'Put the list of the first week away, or bring it back',
    body: z.object({ isPutAway: z.boolean() }),
    response: FirstWeek,
  }),
} as const;
