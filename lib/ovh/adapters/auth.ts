import { requestCredential } from "@/lib/credentials/service";
import { CALLS } from "../calls/table";
import { routeAdapter, answerOf } from "../route-adapter";
import type { ApiProblem } from "../errors";

export const getTime = routeAdapter(CALLS.getTime, (_given, { now }) =>
  Promise.resolve({ ok: true, value: Math.floor(now().getTime() / 1000) }),
);

/** A person at the console has no credential to show. */
const noCredential: ApiProblem = {
  status: 403,
  errorCode: "NOT_CREDENTIAL",
  message: "The console acts with your session: no credential is in use. Call this with a consumer key",
};

export const getCurrentCredential = routeAdapter(CALLS.getCurrentCredential, (_given, { credential }) =>
  Promise.resolve(
    credential === null
      ? { ok: false, problem: noCredential }
      : {
          ok: true,
          value: {
            credentialId: Number(credential.credentialId),
            applicationId: Number(credential.applicationId),
            status: "validated",
            creation: credential.createdAt.toISOString(),
            expiration: credential.expiresAt?.toISOString() ?? null,
            lastUse: credential.lastUsedAt?.toISOString() ?? null,
            rules: [...credential.rules],
            ovhSupport: false,
            allowedIPs: null,
          },
        },
  ),
);

export const requestCredentialAdapter = routeAdapter(
  CALLS.requestCredential,
  async ({ body }, { applicationKey, panelUrl, ...context }) => {
    const { accessRules, redirection } = body;
    const input = { rules: accessRules, redirection: redirection ?? null };
    const requested = answerOf(await requestCredential(context, applicationKey, input), {
      rules: "accessRules",
    });
    if (!requested.ok) return requested;
    const { consumerKey, validationToken } = requested.value;
    return {
      ok: true,
      value: {
        consumerKey,
        state: "pendingValidation" as const,
        validationUrl: `${panelUrl}/auth-validate?credentialToken=${validationToken}`,
      },
    };
  },
);
