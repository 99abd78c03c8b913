/**
 * Ties the records of a stream into calls, one record at a time. Every record gives a call at once; a later record of
 * the same call gives it again, grown. What is open can be saved as JSON and restored, so a restart changes nothing.
 */
import type { AssembledCall } from '../core/model/call.ts';
import { assembleSingle } from './assembly.ts';
import type { AssemblyRecord, FormatDefinition, FormatOptions } from './types.ts';

export interface AssemblyStep {
  readonly call: AssembledCall;
  /** Offset of the call's first record: its identity. */
  readonly firstOffset: number;
  /** The call was given before and this replaces it. */
  readonly isUpdate: boolean;
}

/** A key names its newest group alone; a group that no key names is gone. */
interface Group {
  readonly records: AssemblyRecord[];
  readonly keys: string[];
  /** PBX clock of the newest record, seconds. */
  lastSeconds: number;
}

/** What is open; plain JSON. */
export interface AssemblerState {
  readonly clockSeconds: number;
  readonly groups: readonly {
    readonly records: readonly AssemblyRecord[];
    readonly keys: readonly string[];
    readonly lastSeconds: number;
  }[];
}

export interface Assembler {
  /** `localSeconds` is the record's time on the PBX's clock, undefined when it has none. */
  push(entry: AssemblyRecord, localSeconds: number | undefined): AssemblyStep;
  save(): AssemblerState;
}

const MAX_OPEN_GROUPS = 2000;
/** Room for more, so that not every record sweeps. */
const GROUPS_AFTER_SWEEP = 1500;
const MAX_RECORDS_PER_GROUP = 64;

export function createAssembler(
  format: Pick<FormatDefinition, 'assembly' | 'codeFields'>,
  options: FormatOptions,
  saved?: AssemblerState,
): Assembler {
  const { assembly, codeFields } = format;
  const groups = new Set<Group>();
  const byKey = new Map<string, Group>();
  let clockSeconds = saved?.clockSeconds ?? 0;
  let pushesToSweep = MAX_OPEN_GROUPS;

  const name = (group: Group, keys: readonly string[]): void => {
    for (const key of keys) {
      const before = byKey.get(key);
      if (before === group) continue;
      if (before !== undefined) {
        before.keys.splice(before.keys.indexOf(key), 1);
        if (before.keys.length === 0) groups.delete(before);
      }
      byKey.set(key, group);
      group.keys.push(key);
    }
  };
  const close = (group: Group): void => {
    groups.delete(group);
    for (const key of group.keys) if (byKey.get(key) === group) byKey.delete(key);
  };
  for (const group of saved?.groups ?? []) {
    const restored: Group = { records: [...group.records], keys: [], lastSeconds: group.lastSeconds };
    groups.add(restored);
    name(restored, group.keys);
  }

  /** The PBX's clock may be set back, so distance counts in both directions. */
  const isOpen = (group: Group, seconds: number, windowSeconds: number): boolean =>
    Math.abs(seconds - group.lastSeconds) <= windowSeconds;

  const sweep = (windowSeconds: number): void => {
    pushesToSweep--;
    if (groups.size <= MAX_OPEN_GROUPS && pushesToSweep > 0) return;
    pushesToSweep = MAX_OPEN_GROUPS;
    for (const group of groups) if (!isOpen(group, clockSeconds, windowSeconds)) close(group);
    if (groups.size <= MAX_OPEN_GROUPS) return;
    for (const group of groups) {
      if (groups.size <= GROUPS_AFTER_SWEEP) return;
      close(group);
    }
  };

  return {
    push(entry, localSeconds) {
      const keys = assembly?.keys(entry.record) ?? [];
      if (localSeconds !== undefined) clockSeconds = localSeconds;
      if (assembly === undefined || keys.length === 0) {
        const call = assembly?.combine([entry], options) ?? assembleSingle(entry, codeFields);
        return { call, firstOffset: entry.sourceOffset, isUpdate: false };
      }
      const seconds = localSeconds ?? clockSeconds;
      let found: Group | undefined;
      for (const key of keys) {
        const group = byKey.get(key);
        if (group === undefined || group === found) continue;
        // Not closed for it: a record with a wrong date may not tear what others still belong to.
        if (!isOpen(group, seconds, assembly.windowSeconds)) continue;
        if (group.records.length >= MAX_RECORDS_PER_GROUP) continue;
        if (assembly.joins?.(group.records, entry) === false) continue;
        found = group;
        break;
      }
      const isUpdate = found !== undefined;
      const group = found ?? { records: [], keys: [], lastSeconds: seconds };
      group.records.push(entry);
      group.lastSeconds = seconds;
      if (!isUpdate) groups.add(group);
      name(group, keys);
      if (assembly.isComplete?.(group.records) === true) close(group);
      sweep(assembly.windowSeconds);
      return {
        call: assembly.combine(group.records, options),
        firstOffset: group.records[0]?.sourceOffset ?? entry.sourceOffset,
        isUpdate,
      };
    },
    save: () => ({
      clockSeconds,
      groups: [...groups].map(({ records, keys, lastSeconds }) => ({
        records: [...records],
        keys: [...keys],
        lastSeconds,
      })),
    }),
  };
}
