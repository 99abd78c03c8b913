import type { Department } from '../../../core/api/contract.ts';

export interface DepartmentNode {
  readonly department: Department;
  readonly children: readonly DepartmentNode[];
  /** People here and below. */
  readonly total: number;
}

/** The tree in alphabetical order of the language. A department whose parent is missing stands at the top. */
export function departmentTree(departments: readonly Department[], language: string): readonly DepartmentNode[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const known = new Set(departments.map((department) => department.id));
  const childrenOf = new Map<number, Department[]>();
  for (const department of departments) {
    const parent = department.parentId !== null && known.has(department.parentId) ? department.parentId : 0;
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), department]);
  }
  const build = (parent: number): readonly DepartmentNode[] =>
    (childrenOf.get(parent) ?? [])
      .sort((a, b) => collator.compare(a.name, b.name))
      .map((department) => {
        const children = build(department.id);
        const total = children.reduce((sum, child) => sum + child.total, department.peopleCount);
        return { department, children, total };
      });
  return build(0);
}

/** A department and all below it. */
export function idsBelow(departments: readonly Department[], id: number): ReadonlySet<number> {
  const ids = new Set([id]);
  let before = 0;
  while (before !== ids.size) {
    before = ids.size;
    for (const { id: child, parentId } of departments) if (parentId !== null && ids.has(parentId)) ids.add(child);
  }
  return ids;
}
