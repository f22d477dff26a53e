/** Every call that the sandbox knows, by the name that knobs and the ledger give it. */
export type CallName =
  | 'storefrontInfo'
  | 'tenantInfo'
  | 'storefronts'
  | 'projects'
  | 'project'
  | 'processingResults'
  | 'resume'
  | 'restart'
  | 'statuses'
  | 'allTransitions'
  | 'transitions'
  | 'changeStatus'
  | 'storageInfo'
  | 'artifacts'
  | 'artifact'
  | 'artifactFile'
  | 'token'
  | 'unknown';

/** Any of these scopes lets a call through; none are needed for the infos, and any token does for the storefronts. */
type Scopes = readonly string[] | 'anyToken' | 'public';

interface Route {
  readonly name: CallName;
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly scopes: Scopes;
}

const READ = ['Projects_read', 'Projects_full'];
const FULL = ['Projects_full'];
const ARTIFACTS = ['Artifacts_read', 'Artifacts_full'];
const TENANTS = ['Tenants_read', 'Tenants_full'];

/** `id` is the project's or the artifact's; `name` that of a transition. */
const routes: readonly Route[] = [
  storefront('storefrontInfo', 'GET', '/info', 'public'),
  storefront('tenantInfo', 'GET', '/tenant-info', TENANTS),
  storefront('storefronts', 'GET', '/storefronts', 'anyToken'),
  storefront('projects', 'GET', '/projects', READ),
  storefront('statuses', 'GET', '/projects/statuses', READ),
  storefront('allTransitions', 'GET', '/projects/transitions', READ),
  storefront('project', 'GET', '/projects/(?<id>\\d+)', READ),
  storefront('processingResults', 'GET', '/projects/(?<id>\\d+)/processing-results', READ),
  storefront('resume', 'POST', '/projects/(?<id>\\d+)/resume-processing', FULL),
  storefront('restart', 'POST', '/projects/(?<id>\\d+)/restart-processing', FULL),
  storefront('transitions', 'GET', '/projects/(?<id>\\d+)/transitions', READ),
  storefront('changeStatus', 'POST', '/projects/(?<id>\\d+)/transitions/(?<name>[^/]+)', FULL),
  storage('storageInfo', '/info', 'public'),
  storage('artifacts', '/artifacts', ARTIFACTS),
  storage('artifact', '/artifacts/(?<id>[0-9a-z]+)', ARTIFACTS),
  storage('artifactFile', '/artifacts/(?<id>[0-9a-z]+)/file', ARTIFACTS),
];

function storefront(name: CallName, method: 'GET' | 'POST', path: string, scopes: Scopes): Route {
  return { name, method, path: new RegExp(`^/api/storefront/v1${path}$`), scopes };
}

function storage(name: CallName, path: string, scopes: Scopes): Route {
  return { name, method: 'GET', path: new RegExp(`^/api/storage/v1${path}$`), scopes };
}

export interface RoutedCall {
  readonly name: CallName;
  readonly scopes: Scopes;
  /** The project's or artifact's id in the path; empty without one. */
  readonly id: string;
  /** The transition's name in the path; empty without one. */
  readonly transition: string;
}

/** `unknown` for a path that is not there, and for another method on one that is. */
export function routeOf(method: string, path: string): RoutedCall {
  for (const route of routes) {
    const match = route.path.exec(path);
    // The infos can be asked for with HEAD too.
    if (match === null || (route.method !== method && !(route.scopes === 'public' && method === 'HEAD'))) continue;
    const { id = '', name = '' } = match.groups ?? {};
    return { name: route.name, scopes: route.scopes, id, transition: decodeURIComponent(name) };
  }
  return { name: 'unknown', scopes: 'public', id: '', transition: '' };
}
