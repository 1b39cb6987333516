import { addDays, startOfDay } from "@/lib/day";
import { AMERICAN, FRENCH, ITALIAN, someOf } from "./numbers";
import { Chance } from "./random";

/** One send of the demo, at a time that has passed. */
export type DemoSend = {
  readonly serviceName: string;
  readonly at: Date;
  readonly text: string;
  readonly recipients: readonly string[];
  readonly sender?: string;
};

/** Monday is 1, Sunday 0. */
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay();

type Sketch = Omit<DemoSend, "serviceName" | "at"> & { readonly minute: number };

/** What an account sends on one day, `minute` counted from midnight of its customer. */
export type Rhythm = (day: string, chance: Chance) => Sketch[];

/** All sends of an account from one day to another, both included, in their order. */
export function sendsOf(
  serviceName: string,
  rhythm: Rhythm,
  seed: number,
  days: { readonly from: string; readonly to: string; readonly timeZone: string },
): DemoSend[] {
  const chance = new Chance(seed);
  const sends: DemoSend[] = [];
  for (let day = days.from; day <= days.to; day = addDays(day, 1)) {
    const midnight = startOfDay(day, days.timeZone).getTime();
    for (const { minute, ...sketch } of rhythm(day, chance)) {
      const at = new Date(midnight + minute * 60_000 + chance.below(60_000));
      sends.push({ serviceName, at, ...sketch });
    }
  }
  return sends.sort((a, b) => a.at.getTime() - b.at.getTime());
}

const PATIENTS = 420;

/** A surgery: reminders on the evening before, results at noon; nothing on Sundays. */
export const SURGERY: Rhythm = (day, chance) => {
  const weekday = weekdayOf(day);
  if (weekday === 0) return [];
  const sender = "Aurora";
  const reminders = weekday === 6 ? chance.between(3, 8) : chance.between(18, 34);
  const sends: Sketch[] = [
    {
      minute: 17 * 60 + chance.below(90),
      text: "Promemoria: domani ha un appuntamento al Poliambulatorio Aurora. Porti la tessera sanitaria. Per disdire risponda NO.",
      recipients: someOf(chance, ITALIAN, reminders, PATIENTS),
      sender,
    },
  ];
  if (weekday !== 6) {
    sends.push({
      minute: 11 * 60 + chance.below(120),
      text: chance.oneOf([
        "I suoi referti sono pronti: li ritiri allo sportello dalle 8 alle 13 o nell'area riservata.",
        "Referti pronti. Poliambulatorio Aurora, sportello 2, dalle 8 alle 13.",
        "L’esito dell’esame è disponibile nell’area riservata.",
      ]),
      recipients: someOf(chance, ITALIAN, chance.between(4, 12), PATIENTS),
      sender,
    });
  }
  if (weekday === 1 && day.slice(8) <= "07") {
    sends.push({
      minute: 9 * 60 + chance.below(30),
      text: "Questo mese il Poliambulatorio Aurora offre una visita dermatologica di controllo a 45 €. I posti sono limitati: prenoti allo sportello, per telefono o nell'area riservata, entro venerdì. Per non ricevere più questi messaggi risponda STOP.",
      recipients: someOf(chance, ITALIAN, 90, PATIENTS),
      sender,
    });
  }
  return sends;
};

const SHOPPERS = 600;

/** A shop: parcels on each day, and an offer on Thursdays. */
export const SHOP: Rhythm = (day, chance) => {
  const weekday = weekdayOf(day);
  const parcels = weekday === 0 ? 1 : chance.between(2, 4);
  const sends: Sketch[] = Array.from({ length: parcels }, () => {
    const order = chance.between(10_000, 99_999);
    const abroad = chance.below(9);
    const buyers = abroad === 0 ? FRENCH : abroad === 1 ? AMERICAN : ITALIAN;
    return {
      minute: 9 * 60 + chance.below(600),
      text:
        buyers === ITALIAN
          ? `Bottega Lume: il suo ordine ${order} è partito. Consegna prevista domani.`
          : `Bottega Lume: your order ${order} has left. It arrives within five days.`,
      recipients: someOf(chance, buyers, chance.between(1, 5), buyers === ITALIAN ? SHOPPERS : 90),
    };
  });
  if (weekday === 4) {
    sends.push({
      minute: 10 * 60 + chance.below(60),
      text: "Solo oggi e domani da Bottega Lume: sconto del 15% su tutte le lampade da tavolo. Codice LUME15. Per non ricevere più offerte risponda STOP.",
      recipients: someOf(chance, ITALIAN, chance.between(40, 70), SHOPPERS),
      sender: "BottegaLume",
    });
  }
  return sends;
};

const READERS = 300;

/** A bookshop in France: books that have arrived, from Tuesday to Saturday, and readings on Fridays. */
export const BOOKSHOP: Rhythm = (day, chance) => {
  const weekday = weekdayOf(day);
  if (weekday < 2) return [];
  const sends: Sketch[] = [
    {
      minute: 10 * 60 + chance.below(180),
      text: "Librairie du Canal : votre livre est arrivé. Nous le gardons dix jours pour vous.",
      recipients: someOf(chance, FRENCH, chance.between(6, 14), READERS),
    },
    {
      minute: 15 * 60 + chance.below(180),
      text: "Librairie du Canal : votre commande a du retard. Elle sera prête la semaine prochaine.",
      recipients: someOf(chance, FRENCH, chance.between(1, 5), READERS),
    },
  ];
  if (weekday === 5) {
    sends.push({
      minute: 12 * 60 + chance.below(30),
      text: "Demain à 18 h à la Librairie du Canal : lecture et rencontre, entrée libre. Répondez STOP pour ne plus recevoir ces messages.",
      recipients: someOf(chance, FRENCH, chance.between(20, 40), READERS),
      sender: "LibCanal",
    });
  }
  return sends;
};
