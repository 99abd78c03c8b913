import { describe, expect, test } from 'vitest';
import { readDeck } from '../../core/decks/read-deck.ts';
import { HOME, open, rates, read, tableOf } from './read.ts';

describe('the layouts of other programs are known by their headings', () => {
  test('A2Billing: a minimum, then the whole duration up to a multiple', async () => {
    const reading = await read(
      'dialprefix;destination;rateinitial;initblock;billingblock;connectcharge;minimal_cost;startdate;stopdate\n' +
        '4930;Germany, Berlin;0.02;30;18;0.1;0.05;2022-08-16 00:00:00;2030-01-01 00:00:00\n',
    );
    expect(reading.layout.preset).toBe('a2billing');
    expect(rates(reading)).toEqual([
      {
        prefix: '4930',
        name: 'Germany, Berlin',
        ratePerMinute: '0.02',
        initialSeconds: 30,
        incrementSeconds: 18,
        block: 'whole-duration',
        connectionCharge: '0.1',
        minimumCharge: '0.05',
        effectiveFrom: '2022-08-16',
        effectiveTo: '2030-01-01',
      },
    ]);
  });

  test('A2Billing: cycles come before the rate, and hours of the week make periods', async () => {
    const reading = await read(
      'dialprefix:destination:rateinitial:billingblock:chargea:timechargea:billingblocka:starttime:endtime\n' +
        '49:Germany:0.02:1:0.05:60:60:0:1439\n',
    );
    expect(rates(reading)).toEqual([
      {
        prefix: '49',
        name: 'Germany',
        steps: [
          { fromSecond: 0, price: '0.05', perSeconds: 60, incrementSeconds: 60 },
          { fromSecond: 60, price: '0.02', perSeconds: 60, incrementSeconds: 1 },
        ],
        period: '1 00:00 – 1 23:59',
      },
    ]);
    expect(reading.frame.periods).toEqual([{ name: '1 00:00 – 1 23:59', days: [1], from: '00:00', to: '24:00' }]);
  });

  test('A2Billing: what no rate of ours can hold makes the row a problem', async () => {
    const reading = await read(
      'dialprefix;destination;rateinitial;billingblock;additional_grace\n49;Germany;0.02;1;5\n48;Poland;0.02;1;0\n',
    );
    expect(reading.problems).toMatchObject([{ rowNumber: 2, column: 'additional_grace', code: 'unheld' }]);
    expect(rates(reading)).toMatchObject([{ prefix: '48' }]);
  });

  test('ASTPP: grace comes off every call', async () => {
    const reading = await read(
      'Code,Destination,Connection Cost,Grace Time,Cost / Min,Initial Increment,Increment\n4930,Berlin,0.10,5,0.25,60,6\n',
    );
    expect(reading.layout.preset).toBe('astpp');
    expect(rates(reading)).toEqual([
      {
        prefix: '4930',
        name: 'Berlin',
        ratePerMinute: '0.25',
        initialSeconds: 60,
        incrementSeconds: 6,
        connectionCharge: '0.10',
        freeSeconds: 5,
      },
    ]);
  });

  test('Kazoo: calls below the free time cost nothing, longer ones pay for all', async () => {
    const reading = await read(
      'prefix,rate_cost,rate_increment,rate_minimum,rate_nocharge_time,rate_surcharge,rate_name,direction,weight\n' +
        '1415,0.0125,6,30,3,0.01,US-CA,outbound,10\n',
    );
    expect(reading.layout.preset).toBe('kazoo');
    expect(rates(reading)).toEqual([
      {
        prefix: '1415',
        name: 'US-CA',
        ratePerMinute: '0.0125',
        initialSeconds: 30,
        incrementSeconds: 6,
        connectionCharge: '0.01',
        graceSeconds: 3,
        direction: 'outgoing',
      },
    ]);
  });

  test.each(['destination name,prefix,per-minute rate,connection charge,charge period\n', ''])(
    'IvozProvider, with and without headings',
    async (headings) => {
      const reading = await read(`${headings}Spain mobile,+346,0.15,0.05,60\nSpain,+34,0.02,0,1\n`);
      expect(reading.layout.preset).toBe('ivozprovider');
      expect(rates(reading)).toEqual([
        { prefix: '346', name: 'Spain mobile', ratePerMinute: '0.15', incrementSeconds: 60, connectionCharge: '0.05' },
        { prefix: '34', name: 'Spain', ratePerMinute: '0.02', incrementSeconds: 1 },
      ]);
    },
  );

  test('Yeastar P: a cost for the first seconds, then one for each unit; lengths are those of the number as dialled', async () => {
    const reading = await read(
      'Name,Match Prefix,Number Length,Rate,Billable Unit(s),Initial Time(s),Initial Cost\n' +
        'Mobile,09,10,13.33,1,6,80\nAbroad,0044,,60,60,0,5\nSupport,1900,8,1000,60,,\n',
    );
    expect(reading.layout.preset).toBe('yeastar-p');
    expect(rates(reading)).toEqual([
      {
        prefix: '849',
        name: 'Mobile',
        minimumDigits: 11,
        maximumDigits: 11,
        steps: [
          { fromSecond: 0, price: '80', perSeconds: 6, incrementSeconds: 6 },
          { fromSecond: 6, price: '13.33', perSeconds: 1, incrementSeconds: 1 },
        ],
      },
      { prefix: '44', name: 'Abroad', ratePerMinute: '60', incrementSeconds: 60, connectionCharge: '5' },
      {
        prefix: '841900',
        name: 'Support',
        ratePerMinute: '1000',
        incrementSeconds: 60,
        minimumDigits: 10,
        maximumDigits: 10,
      },
    ]);
  });

  test('Yeastar S: patterns and hours; rows with different hours get periods of their own', async () => {
    const reading = await read(
      'Match Pattern,Number Length,From,To,Days of Week,Rate,Billable Unit,Initial Cost,Initial Time,members\n' +
        '09XXXXXXXX,,08:00,18:00,Mon-Fri,10,1,0,0,\n09XXXXXXXX,,00:00,23:59,all,5,1,0,0,\n03XXXXXXXX,,07:00,19:00,Mon-Fri,8,1,0,0,\n',
    );
    expect(reading.layout.preset).toBe('yeastar-s');
    const [office, wide] = ['1-5 08:00–18:00', '1-5 07:00–19:00'];
    expect(reading.rates.map(({ rate }) => [rate.prefix, rate.ratePerMinute, rate.period])).toEqual([
      ['849', '600', `${office} + ${wide}`],
      ['849', '300', undefined],
      ['843', '480', wide],
      ['843', '480', `${office} + ${wide}`],
    ]);
    expect(reading.frame.periods).toEqual([
      { name: wide, days: [1, 2, 3, 4, 5], from: '07:00', to: '08:00' },
      { name: wide, days: [1, 2, 3, 4, 5], from: '18:00', to: '19:00' },
      { name: `${office} + ${wide}`, days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' },
    ]);
  });

  test('in a list of which the first row counts, rows behind a shorter prefix are named', async () => {
    const reading = await read(
      'Name,Match Prefix,Number Length,Rate,Billable Unit(s),Initial Time(s),Initial Cost\nAll,0,,10,60,,\nMobile,09,,20,60,,\n',
    );
    expect(reading.shadowedRows).toEqual([{ rowNumber: 3, byRow: 2 }]);
  });

  test('JeraSoft: the source code becomes an area group, and the last day is asked', async () => {
    const text =
      'Rate Table,Src Code,Code,Code Name,Policy,Rate,Effective Date,End Date,Tag,Notes,SF,Min,Int,Time Profile\n' +
      'A,8424,44,UK,,0.05,2022-08-16,2022-12-31,,,0.01,60,1,All Time\n';
    const asked = await read(text);
    expect(asked.layout.preset).toBe('jerasoft');
    expect(open(asked)).toEqual(['last-day']);
    const reading = await read(text, { 'last-day': 'included' });
    expect(rates(reading)).toEqual([
      {
        prefix: '44',
        name: 'UK',
        ratePerMinute: '0.05',
        initialSeconds: 60,
        incrementSeconds: 1,
        connectionCharge: '0.01',
        originGroup: '8424',
        effectiveFrom: '2022-08-16',
        effectiveTo: '2023-01-01',
      },
    ]);
    expect(reading.frame.areaGroups).toEqual([{ name: '8424', prefixes: ['8424'] }]);
  });

  test('46 Labs: of rates by kind of call a person says which is the price', async () => {
    const plain = await read('code,duration,increment,rate_minute,mrc,effective_date\n1415,30,6,0.01,0,2022-08-16\n');
    expect(plain.layout.preset).toBe('46labs');
    expect(rates(plain)).toMatchObject([
      { prefix: '1415', ratePerMinute: '0.01', initialSeconds: 30, incrementSeconds: 6 },
    ]);
    const kinds = await read('code,duration,increment,interrate,intrarate,ijrate\n1415,30,6,0.01,0.02,0.03\n');
    expect(kinds.missing).toEqual(['rate']);
  });

  test('Freeside: country code and prefixes in one cell; the block is asked', async () => {
    const text = 'destination,country code + prefixes,rate\nAustralia mobile,"61 38,39",0.25\n';
    expect(open(await read(text))).toEqual(['blocks']);
    const reading = await read(text, { blocks: '60/6' });
    expect(reading.layout.preset).toBe('freeside');
    expect(rates(reading)).toMatchObject([
      { prefix: '6138', ratePerMinute: '0.25', initialSeconds: 60, incrementSeconds: 6 },
      { prefix: '6139' },
    ]);
  });

  test('MiRTA: country and network are the name, rounding digits those of the charge', async () => {
    const reading = await read(
      'Country,Network,Prefix,Setup,Cost/Minute,Minimum cost,Rounding digits,Rounding time\nItaly,TIM,39335,0.01,0.1,0.02,4,30\n',
    );
    expect(reading.layout.preset).toBe('mirta');
    expect(rates(reading)).toEqual([
      {
        prefix: '39335',
        name: 'Italy, TIM',
        ratePerMinute: '0.1',
        incrementSeconds: 30,
        connectionCharge: '0.01',
        minimumCharge: '0.02',
      },
    ]);
    expect(reading.frame.decimals).toBe(4);
  });
});

describe('CGRateS: tables are joined', () => {
  const files = {
    rates:
      '#Id,ConnectFee,Rate,RateUnit,RateIncrement,GroupIntervalStart\nRT_1,0.1,0.6,60s,60s,0s\nRT_1,0.1,0.3,60s,1s,60s\nRT_2,0,0.2,60s,1s,0s\n',
    destinationRates:
      '#Id,DestinationId,RatesTag,RoundingMethod,RoundingDecimals,MaxCost,MaxCostStrategy\nDR_1,DST_DE,RT_1,*up,4,5,*free\nDR_2,DST_DE,RT_2,*up,4,0,\n',
    timings:
      '#Tag,Years,Months,MonthDays,WeekDays,Time\nPEAK,*any,*any,*any,1;2;3;4;5,08:00:00\nOFF,*any,*any,*any,1;2;3;4;5,19:00:00\n',
    plans: '#Id,DestinationRatesId,TimingTag,Weight\nRP_1,DR_1,PEAK,10\nRP_1,DR_2,OFF,10\n',
    destinations: '#Id,Prefix\nDST_DE,+49\n',
  };
  const tables = (names: readonly (keyof typeof files)[]): Promise<Awaited<ReturnType<typeof tableOf>>[]> =>
    Promise.all(names.map((name) => tableOf(files[name], `${name}.csv`)));
  const all = ['rates', 'destinationRates', 'timings', 'plans', 'destinations'] as const;

  test('steps, connection fee, greatest cost, rounding and times', async () => {
    const reading = readDeck(await tables(all), undefined, { home: HOME, currency: 'EUR' });
    expect(reading.problems).toEqual([]);
    expect(rates(reading)).toEqual([
      {
        prefix: '49',
        name: 'DST_DE',
        period: 'PEAK',
        steps: [
          { fromSecond: 0, price: '0.6', perSeconds: 60, incrementSeconds: 60 },
          { fromSecond: 60, price: '0.3', perSeconds: 60, incrementSeconds: 1 },
        ],
        connectionCharge: '0.1',
        maximumCharge: '5',
      },
      {
        prefix: '49',
        name: 'DST_DE',
        period: 'OFF',
        steps: [{ fromSecond: 0, price: '0.2', perSeconds: 60, incrementSeconds: 1 }],
      },
    ]);
    expect(reading.frame).toMatchObject({
      rounding: 'up',
      decimals: 4,
      periods: [
        { name: 'PEAK', days: [1, 2, 3, 4, 5], from: '08:00', to: '19:00' },
        { name: 'OFF', days: [1, 2, 3, 4, 5], from: '19:00', to: '24:00' },
      ],
    });
  });

  test('a table that is not there is named', async () => {
    const reading = readDeck(await tables(['rates', 'destinationRates']), undefined, { home: HOME, currency: 'EUR' });
    expect(reading.problems.map(({ code, values }) => [code, values['value']])).toContainEqual([
      'table-missing',
      'Destinations.csv',
    ]);
  });

  test('of several rating plans one is chosen', async () => {
    const [table] = await Promise.all([tableOf(`${files.plans}RP_2,DR_1,*any,10\n`)]);
    const others = await tables(['rates', 'destinationRates', 'timings', 'destinations']);
    const asked = readDeck([...others, table], undefined, { home: HOME, currency: 'EUR' });
    expect(open(asked)).toEqual(['rate-plan']);
    const layout = { ...asked.layout, answers: { 'rate-plan': 'RP_2' } };
    const chosen = readDeck([...others, table], layout, { home: HOME, currency: 'EUR' });
    expect(rates(chosen)).toMatchObject([{ prefix: '49', maximumCharge: '5' }]);
  });
});
