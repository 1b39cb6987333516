import type { MailTexts } from "./rules";

const FOOTER =
  "Ricevi questo messaggio perché il tuo indirizzo è quello di un accesso a Ricarica. È inviato in automatico.";

export const ITALIAN_TEXTS: MailTexts = {
  password_reset: ({ name, url }) => ({
    subject: "Scegli una nuova password",
    greeting: `Ciao ${name},`,
    paragraphs: [
      "qualcuno, probabilmente tu, ha chiesto di cambiare la password del tuo accesso a Ricarica.",
    ],
    action: { label: "Scegli una nuova password", url },
    closing: [
      "Il link vale un’ora e una volta sola.",
      "Se non l’hai chiesto tu, non devi fare nulla: la tua password resta quella di prima.",
    ],
    footer: FOOTER,
  }),
  password_changed: ({ name, url }) => ({
    subject: "La tua password è cambiata",
    greeting: `Ciao ${name},`,
    paragraphs: [
      "la password del tuo accesso a Ricarica è stata cambiata, e gli accessi sugli altri dispositivi sono stati chiusi.",
    ],
    action: { label: "Non sei stato tu? Scegline subito un’altra", url },
    closing: ["Se sei stato tu, non devi fare altro."],
    footer: FOOTER,
  }),
  address_confirmation: ({ name, url }) => ({
    subject: "Conferma il tuo nuovo indirizzo",
    greeting: `Ciao ${name},`,
    paragraphs: [
      "hai chiesto di accedere a Ricarica con questo indirizzo. Confermalo dopo aver effettuato l’accesso.",
    ],
    action: { label: "Conferma l’indirizzo", url },
    closing: [
      "Il link vale un’ora e una volta sola. Fino ad allora vale l’indirizzo di prima.",
      "Se non l’hai chiesto tu, non devi fare nulla.",
    ],
    footer:
      "Ricevi questo messaggio perché qualcuno ha indicato il tuo indirizzo per un accesso a Ricarica. È inviato in automatico.",
  }),
  address_changed: ({ name }) => ({
    subject: "Il tuo indirizzo è cambiato",
    greeting: `Ciao ${name},`,
    paragraphs: [
      "il tuo accesso a Ricarica ha ora un altro indirizzo e-mail. Con questo non si entra più, e qui non arriveranno altri messaggi.",
    ],
    action: null,
    closing: [
      "Se non sei stato tu, scrivi subito a chi gestisce il tuo pannello: qualcuno conosce la tua password.",
    ],
    footer: FOOTER,
  }),
  settings_test: () => ({
    subject: "Prova della posta di Ricarica",
    greeting: "Ciao,",
    paragraphs: ["se leggi questo messaggio, le impostazioni della posta funzionano."],
    action: null,
    closing: [],
    footer: "Inviato da npm run mail.",
  }),
};
