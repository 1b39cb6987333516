import type { Route } from "next";
import { route } from "@/components/ui/route";

/** The pages of an account. */
export const accountPath = (serviceName: string): Route => route(`/telecom/sms/${serviceName}`);
export const sendPath = (serviceName: string): Route => route(`/telecom/sms/${serviceName}/send`);
export const historyPath = (serviceName: string): Route => route(`/telecom/sms/${serviceName}/history`);
export const messagePath = (serviceName: string, messageId: string): Route =>
  route(`/telecom/sms/${serviceName}/history/messages/${messageId}`);
export const optionsPath = (serviceName: string): Route => route(`/telecom/sms/${serviceName}/options`);
export const rulePath = (serviceName: string): Route =>
  route(`/telecom/sms/${serviceName}/options/automatic-recharge`);
export const decisionsPath = (serviceName: string): Route =>
  route(`/telecom/sms/${serviceName}/options/automatic-recharge/decisions`);
export const apiUsersPath = (serviceName: string): Route =>
  route(`/telecom/sms/${serviceName}/options/api-users`);
export const packsPath = (serviceName: string): Route => route(`/telecom/sms/${serviceName}/packs`);
export const ordersPath = (serviceName: string): Route => route(`/telecom/sms/${serviceName}/packs/orders`);
export const orderPath = (serviceName: string, orderId: string): Route =>
  route(`/telecom/sms/${serviceName}/packs/orders/${orderId}`);
export const transferPath = (serviceName: string): Route => route(`/telecom/sms/${serviceName}/transfer`);
