import type { LiveConnection } from '../connections/connection-directory.ts';
import type { IncomingOrder } from '../domain/incoming-order.ts';
import type { AcceptedOrder } from './accept-order.ts';
import type { IntakeAnswer, IntakeRequest } from './intake-answer.ts';
import type { IntakeJobs } from './intake-jobs.ts';
import { matchesSecret } from './secret-match.ts';
import { type CallbackIntake, takeCallback } from './take-callback.ts';
import { type DocumentIntake, takeDocument } from './take-document.ts';
import { type ShopOrderIntake, takeShopOrders } from './take-shop-orders.ts';
import { takeWebhook, type WebhookIntake } from './take-webhook.ts';

/** A connection as the intake server sees it; null for what it does not take. */
export interface IntakeConnection {
  /** What the platform itself posts: order documents or a webhook. */
  readonly post: ((request: IntakeRequest) => Promise<IntakeAnswer>) | null;
  readonly callback: ((nonce: string, request: IntakeRequest) => Promise<IntakeAnswer>) | null;
  /** What the shop's own backend hands over. */
  readonly orders: ((request: IntakeRequest) => Promise<IntakeAnswer>) | null;
}

export interface IntakeConnectionDeps {
  /** Resolves once the order is on disk; rejects when it cannot be stored. */
  readonly accept: (connection: LiveConnection, order: IncomingOrder) => Promise<AcceptedOrder>;
  readonly jobs: IntakeJobs;
}

/** By whom an order came in that the shop's backend handed over, as the history says it. */
const shopBackend = 'shop backend';

const takerOfPosts = (connection: LiveConnection, { accept, jobs }: IntakeConnectionDeps): IntakeConnection['post'] => {
  const { documents, jobs: following } = connection.platform;
  if (documents !== undefined) {
    const intake: DocumentIntake = {
      read: (body, contentType) => documents.read(body, contentType, connection.settings),
      keyMatches: (key) => matchesSecret(connection.secret(documents.keyName), key),
      accept: (order) => accept(connection, order),
    };
    return (request) => takeDocument(intake, request);
  }
  const readJob = following?.readWebhook?.bind(following);
  if (readJob === undefined) return null;
  const intake: WebhookIntake = { readJob, heardOf: (externalId) => jobs.heardOf(connection, externalId) };
  return (request) => takeWebhook(intake, request);
};

const takerOfCallbacks = (connection: LiveConnection, jobs: IntakeJobs): IntakeConnection['callback'] => {
  const { jobs: following } = connection.platform;
  const read = following?.readCallback?.bind(following);
  if (read === undefined) return null;
  const intake: CallbackIntake = {
    knowsNonce: (nonce) => jobs.knowsNonce(connection, nonce),
    read: (body) => read(body, connection.settings),
    apply: (nonce, sighting) => jobs.applyCallback(connection, nonce, sighting),
  };
  return (nonce, request) => takeCallback(intake, nonce, request);
};

const takerOfShopOrders = (connection: LiveConnection, jobs: IntakeJobs): IntakeConnection['orders'] => {
  const { shopOrders } = connection.platform;
  if (shopOrders === undefined) return null;
  const intake: ShopOrderIntake = {
    secret: (name) => connection.secret(name),
    read: (body) => shopOrders.read(body, connection.settings),
    handOver: (orders) => jobs.handOver(connection, orders, shopBackend),
  };
  return (request) => takeShopOrders(intake, request);
};

/** What the platform of a connection lets the intake take, by the connection's settings and secrets. */
export const intakeConnection = (connection: LiveConnection, deps: IntakeConnectionDeps): IntakeConnection => ({
  post: takerOfPosts(connection, deps),
  callback: takerOfCallbacks(connection, deps.jobs),
  orders: takerOfShopOrders(connection, deps.jobs),
});
