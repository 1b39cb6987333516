import { BOOKSHOP, type Rhythm, SHOP, SURGERY } from "./rhythm";

export type DemoAccountPlan = {
  readonly serviceName: string;
  readonly name: string;
  /** Set on the first day; null leaves automatic recharge off. */
  readonly rule: { readonly threshold: string; readonly quantity: number } | null;
  /** What it sends; null for an account that only gets what another transfers to it, and uses it up. */
  readonly rhythm: Rhythm | null;
  readonly seed: number;
  /** True ends less than one message above its threshold, so that the next one starts a recharge. */
  readonly endsNearThreshold?: boolean;
  /** On which day, from the first, and how many credits are bought by hand. */
  readonly purchase?: { readonly day: number; readonly quantity: number };
  /** The day, from the first, before whose first recharge the bank declines once. */
  readonly declineOnDay?: number;
};

export type DemoCustomer = {
  readonly customerId: string;
  readonly name: string;
  readonly priceList: string;
  readonly timeZone: string;
  readonly user: { readonly email: string; readonly name: string };
  readonly accounts: readonly DemoAccountPlan[];
};

export const DEMO_CUSTOMERS: readonly DemoCustomer[] = [
  {
    customerId: "ab12345-ovh",
    name: "Studio Demo Aurora",
    priceList: "it",
    timeZone: "Europe/Rome",
    user: { email: "cliente.it@demo.test", name: "Giulia Demo" },
    accounts: [
      {
        serviceName: "sms-ab12345-1",
        name: "Promemoria clinica",
        rule: { threshold: "150", quantity: 500 },
        rhythm: SURGERY,
        seed: 20_200_519,
        purchase: { day: 47, quantity: 1000 },
      },
      {
        serviceName: "sms-ab12345-2",
        name: "Negozio online",
        rule: { threshold: "50", quantity: 250 },
        rhythm: SHOP,
        seed: 42,
        endsNearThreshold: true,
      },
      { serviceName: "sms-ab12345-3", name: "Prove", rule: null, rhythm: null, seed: 3 },
    ],
  },
  {
    customerId: "cd67890-ovh",
    name: "Librairie Démo du Canal",
    priceList: "fr",
    timeZone: "Europe/Paris",
    user: { email: "client.fr@demo.test", name: "Camille Démo" },
    accounts: [
      {
        serviceName: "sms-cd67890-1",
        name: "Librairie du Canal",
        rule: { threshold: "80", quantity: 200 },
        rhythm: BOOKSHOP,
        seed: 67_890,
        declineOnDay: 40,
      },
    ],
  },
];
