import type { z } from "zod";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import {
  changeApiUserPassword,
  createApiUser,
  deleteApiUser,
  getApiUser,
  listApiUsers,
} from "@/lib/credentials/user-service";
import type { Result } from "@/lib/failure";
import { CALLS } from "../calls/table";
import { REFUSALS } from "../errors";
import { answerOf, type Outcome, refusedBy, routeAdapter } from "../route-adapter";
import type { User } from "../wire/user";
import { sendJobFrom } from "./messages";

export const listUsers = routeAdapter(CALLS.listUsers, async ({ path }, { context, customerId }) => {
  const users = answerOf(await listApiUsers(context, { customerId, serviceName: path.serviceName }));
  return users.ok ? { ok: true, value: users.value.map(({ login }) => login) } : users;
});

export const createUserAdapter = routeAdapter(
  CALLS.createUser,
  async ({ path, body }, { context, customerId }) => {
    const made = await createApiUser(context, { customerId, serviceName: path.serviceName }, body);
    if (made.ok) return { ok: true, value: null };
    const wrong = made.failure.code === "invalid_input" ? made.failure.fields["login"]?.problem : undefined;
    if (wrong === "api_login_taken") return { ok: false, problem: REFUSALS.loginTaken };
    if (wrong === "api_too_many_users") return { ok: false, problem: REFUSALS.tooManyUsers };
    return refusedBy(made.failure);
  },
);

export const getUser = routeAdapter(CALLS.getUser, async ({ path }, { context, customerId }) => {
  const { serviceName, login } = path;
  const key = { customerId, serviceName };
  const user = await ofUser(context, key, await getApiUser(context, key, login));
  if (!user.ok) return user;
  return { ok: true, value: { login, ...NOT_KEPT } };
});

/** What OVH keeps of a user, and this product does not. */
const NOT_KEPT = {
  password: null,
  ipRestrictions: [],
  quotaInformations: { quotaLeft: 0, quotaStatus: "inactive", quotaTotal: 0 },
  alertThresholdInformations: {
    alertEmail: null,
    alertNumber: null,
    alertStatus: "inactive",
    alertThreshold: 0,
  },
  callBack: null,
  stopCallBack: null,
} satisfies Omit<z.input<typeof User>, "login">;

export const changeUser = routeAdapter(CALLS.changeUser, async ({ path, body }, { context, customerId }) => {
  const { serviceName, login } = path;
  const { password } = body;
  const key = { customerId, serviceName };
  // Who sends a user back as it was read changes nothing.
  if (password == null) {
    const user = await ofUser(context, key, await getApiUser(context, key, login));
    return user.ok ? { ok: true, value: null } : user;
  }
  return ofUser(context, key, await changeApiUserPassword(context, key, login, { password }));
});

export const deleteUser = routeAdapter(CALLS.deleteUser, async ({ path }, { context, customerId }) => {
  const { serviceName, login } = path;
  const key = { customerId, serviceName };
  return ofUser(context, key, await deleteApiUser(context, key, login));
});

export const listUserJobs = routeAdapter(CALLS.listUserJobs, async ({ path }, { context, customerId }) => {
  const { serviceName, login } = path;
  const key = { customerId, serviceName };
  const user = await ofUser(context, key, await getApiUser(context, key, login));
  return user.ok ? { ok: true, value: [] } : user;
});

export const sendUserJob = routeAdapter(
  CALLS.sendUserJob,
  async ({ path, body }, { context, customerId, idempotencyKey }) => {
    const { serviceName, login } = path;
    const key = { customerId, serviceName };
    const user = await ofUser(context, key, await getApiUser(context, key, login));
    if (!user.ok) return user;
    const { db, now } = context;
    return sendJobFrom(
      { caller: { kind: "api_user", customerId, login }, db, now },
      key,
      body,
      idempotencyKey,
    );
  },
);

/** What a verb says of one user: that there is none such is told apart from that there is no such account. */
async function ofUser<Value>(
  context: Context,
  key: AccountKey,
  result: Result<Value>,
): Promise<Outcome<Value>> {
  if (result.ok || result.failure.code !== "not_found") return answerOf(result);
  const users = await listApiUsers(context, key);
  return users.ok ? { ok: false, problem: REFUSALS.noSuchUser } : answerOf(result);
}
