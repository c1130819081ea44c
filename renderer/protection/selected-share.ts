/** How much of a list is selected, as a box with three states shows it. Nothing of nothing is none. */
export function selectedShare(selected: number, total: number): boolean | 'mixed' {
  if (selected === 0 || total === 0) return false;
  return selected >= total ? true : 'mixed';
}
