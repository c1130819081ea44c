const ROOT = ['solutions', 'backuprestore'];

/**
 * The segments of a documented path below the service's root, the names of collections in lower case, ids as they are. Key syntax
 * (`siteInclusionRules('id')`) counts as a segment of its own.
 *
 * @returns `undefined` where the path is not one of the service
 */
export function toSegments(path: string): readonly string[] | undefined {
  const [bare = ''] = path.split('?');
  const segments = bare
    .replaceAll(/\('?([^'()]*)'?\)/g, '/$1')
    .split('/')
    .filter(segment => segment !== '')
    .map(decoded);
  const isOurs = ROOT.every((name, index) => segments[index]?.toLowerCase() === name);
  return isOurs ? segments.slice(ROOT.length) : undefined;
}

/**
 * Compares segments with a pattern such as `serviceApps/{id}/activate`.
 *
 * @returns what stands for the pattern's `{…}`, in order, or `undefined` where it doesn't fit
 */
export function matchSegments(segments: readonly string[], pattern: string): readonly string[] | undefined {
  const wanted = pattern === '' ? [] : pattern.split('/');
  if (wanted.length !== segments.length) return undefined;
  const found: string[] = [];
  for (const [index, name] of wanted.entries()) {
    const segment = segments[index] ?? '';
    if (name.startsWith('{')) found.push(segment);
    else if (name.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return found;
}

/** The segment's own text; one that is not percent-encoded, as published paths are not, stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
