import type { AgendaItem } from '../../../server/domain/agenda.ts';

/** The wire's lists can be written to; the state's cannot. */
export const wire = (agenda: readonly AgendaItem[]) =>
  agenda.map(({ rules, ...item }) => ({
    ...item,
    rules: {
      ...rules,
      requests: typeof rules.requests === 'string' ? rules.requests : [...rules.requests],
      speakers: [...rules.speakers],
    },
  }));
