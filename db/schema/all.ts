/** Every table, for the client's types and for the migration generator. Everything else imports the table's own file. */
export * from "./access";
export * from "./accounts";
export * from "./api-users";
export * from "./credentials";
export * from "./deliveries";
export * from "./ledger";
export * from "./mail";
export * from "./messages";
export * from "./payments";
export * from "./rates";
export * from "./recharge";
export * from "./staff";
