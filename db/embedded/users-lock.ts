/**
 * Every process that uses the server holds this advisory lock, shared, in one connection for as long as it lives. Who
 * gets it exclusively is the last one and may stop the server; who comes meanwhile waits, sees it go, and starts it.
 */
export const USERS_LOCK = 7_497_060;
