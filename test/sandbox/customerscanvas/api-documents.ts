import type { Artifact } from './artifact-store.ts';
import type { FileSpec, Item } from './order.ts';
import type { PipelineState } from './pipeline.ts';
import type { ProjectView } from './project-store.ts';

export const TENANT_ID = 7;

/** What the answers need to know of the sandbox's own addresses. */
export interface Addresses {
  /** Of the gateway. */
  readonly api: string;
  /** Of the host that serves anonymous files. */
  readonly files: string;
}

const isoTime = (ms: number) => new Date(ms).toISOString();

/** A `ProjectDto`. */
export function projectDocument({ project, statusCode, processingStatus, lastModifiedMs }: ProjectView) {
  return {
    id: project.id,
    name: project.name,
    description: null,
    storefrontId: project.storefrontId,
    tenantId: TENANT_ID,
    orderId: project.orderId,
    orderNumber: project.orderNumber,
    orderName: project.orderName,
    orderUrl: `https://shop.example.com/admin/orders/${encodeURIComponent(project.orderId)}`,
    orderLineItemId: project.lineItemId,
    orderLineItemIndex: project.lineItemIndex,
    customerName: project.customerName,
    ownerId: 'user-9',
    productReference: 'business-card',
    status: statusCode,
    processingStatus,
    created: isoTime(project.createdAtMs),
    lastModified: isoTime(lastModifiedMs),
    items: project.items.map(itemDocument),
  };
}

function itemDocument(item: Item) {
  return {
    id: item.id,
    name: item.name,
    quantity: item.quantity,
    sku: item.sku,
    orderLineItemId: item.lineItemId,
    orderLineItemIndex: item.lineItemIndex,
    fields: item.fields,
    designIds: [],
    resources: [],
  };
}

/** A `ProjectProcessingResultsDto`. */
export function resultsDocument(state: PipelineState, artifacts: readonly Artifact[], addresses: Addresses) {
  return {
    status: state.status,
    statusDescription: state.description,
    outputFileDetails: artifacts.map((artifact) => ({
      artifactId: artifact.id,
      name: artifact.name,
      format: artifact.format,
      size: artifact.spec.sizeInResults === undefined ? artifact.sizeBytes : artifact.spec.sizeInResults,
      anonymousAccess: artifact.anonymousAccess,
      url: urlOf(artifact, artifact.spec.url, addresses),
      projectItemId: artifact.item.id,
      orderLineItemId: artifact.item.lineItemId,
      orderLineItemIndex: artifact.item.lineItemIndex,
    })),
  };
}

/** An `ArtifactDto`. */
export function artifactDocument(artifact: Artifact, addresses: Addresses, lastModifiedMs: number) {
  return {
    id: artifact.id,
    name: artifact.name,
    description: null,
    alias: artifact.alias,
    group: artifact.group,
    type: 'Final',
    format: artifact.format,
    size: artifact.spec.sizeInArtifact === undefined ? artifact.sizeBytes : artifact.spec.sizeInArtifact,
    lastModified: isoTime(lastModifiedMs),
    anonymousAccess: artifact.anonymousAccess,
    url: urlOf(artifact, artifact.spec.url, addresses),
    ownerId: null,
    tenantId: TENANT_ID,
    customFields: {},
  };
}

function urlOf(artifact: Artifact, kind: FileSpec['url'], addresses: Addresses): string | null {
  if (kind === null) return null;
  if (kind === 'internal') return `http://asset-storage.internal:8080/artifacts/${artifact.id}`;
  return artifact.anonymousAccess
    ? addresses.files + artifact.path
    : `${addresses.api}/api/storage/v1/artifacts/${artifact.id}/file`;
}

/** `ProblemDetails` of a 404 or 400. */
export function problemDocument(status: number, title: string, detail: string | null = null) {
  return { type: `https://tools.ietf.org/html/rfc7231#section-6.5.${status === 404 ? 4 : 1}`, title, status, detail };
}

/** `GeneralConflictDto` of a 409. */
export function conflictDocument(description: string) {
  return { type: 'GeneralConflict', description };
}

export function tenantDocument(created: Date) {
  return {
    tenantId: TENANT_ID,
    tenancyName: 'Example Print',
    tenantCreationTime: created.toISOString(),
    isActive: true,
  };
}

export function infoDocument(appName: string) {
  return { version: '2.68.1', buildDate: '2026-02-20T10:00:00Z', configuration: 'Release', appName };
}
