import { z } from "zod";
import { AccountPath } from "../wire/account";
import { Job, JobReport } from "../wire/job";
import { NewUser, User, UserChange, UserPath } from "../wire/user";
import { anAccount, call, noBody, nothing } from "./call";

const aUser = { serviceName: anAccount.serviceName, login: "contabilita" };
const aPassword = "Xk3-pR9s.w2Q";

/** The calls about who may send by a login and a password, by `/cgi-bin/sms/http2sms.cgi`. */
export const USER_CALLS = {
  createUser: call({
    method: "POST",
    path: "/sms/{serviceName}/users",
    access: "signed",
    summary: "Make an API user",
    description:
      "Who may send from this account by a login and a password, at `/cgi-bin/sms/http2sms.cgi`. At most 50 for each account.",
    pathFields: AccountPath,
    query: nothing,
    body: NewUser,
    bodyHoldsSecret: true,
    answer: z.null(),
    isOneTransaction: true,
    example: { path: anAccount, body: { login: aUser.login, password: aPassword }, answer: null },
  }),
  listUsers: call({
    method: "GET",
    path: "/sms/{serviceName}/users",
    access: "signed",
    summary: "The API users",
    description: "Their logins, in the order of the alphabet.",
    pathFields: AccountPath,
    query: nothing,
    body: noBody,
    answer: z.array(z.string()),
    example: { path: anAccount, answer: [aUser.login] },
  }),
  getUser: call({
    method: "GET",
    path: "/sms/{serviceName}/users/{login}",
    access: "signed",
    summary: "One API user",
    description: "A password is never shown; quotas, alerts, restrictions and callbacks are not kept.",
    pathFields: UserPath,
    query: nothing,
    body: noBody,
    answer: User,
    example: { path: aUser, answer: { login: aUser.login, password: null, ipRestrictions: [] } },
  }),
  changeUser: call({
    method: "PUT",
    path: "/sms/{serviceName}/users/{login}",
    access: "signed",
    summary: "Give an API user another password",
    description: "The password before is refused from then on.",
    pathFields: UserPath,
    query: nothing,
    body: UserChange,
    bodyHoldsSecret: true,
    answer: z.null(),
    isOneTransaction: true,
    example: { path: aUser, body: { password: "another-Xk3-pR9s" }, answer: null },
  }),
  listUserJobs: call({
    method: "GET",
    path: "/sms/{serviceName}/users/{login}/jobs",
    access: "signed",
    summary: "What waits to be sent for an API user",
    description: "Always empty: messages are sent at once.",
    pathFields: UserPath,
    query: nothing,
    body: noBody,
    answer: z.array(z.int()),
    example: { path: aUser, answer: [] },
  }),
  sendUserJob: call({
    method: "POST",
    path: "/sms/{serviceName}/users/{login}/jobs",
    access: "signed",
    summary: "Send a message as an API user",
    description: "As a job of the account, recorded as sent by this user.",
    pathFields: UserPath,
    query: nothing,
    body: Job,
    answer: JobReport,
    example: {
      path: aUser,
      body: { message: "Il tuo ordine è pronto", receivers: ["+393331234567"] },
      answer: {
        validReceivers: ["+393331234567"],
        invalidReceivers: [],
        totalCreditsRemoved: 0.7,
        tag: null,
      },
    },
  }),
  deleteUser: call({
    method: "DELETE",
    path: "/sms/{serviceName}/users/{login}",
    access: "signed",
    summary: "Delete an API user",
    description: "Programs that use it are refused at once; what it sent stays.",
    pathFields: UserPath,
    query: nothing,
    body: noBody,
    answer: z.null(),
    isOneTransaction: true,
    example: { path: aUser, answer: null },
  }),
} as const;
