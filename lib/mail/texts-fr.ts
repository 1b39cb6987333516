import type { MailTexts } from "./rules";

const FOOTER =
  "Vous recevez ce message car votre adresse est celle d’un accès à Ricarica. Il est envoyé automatiquement.";

export const FRENCH_TEXTS: MailTexts = {
  password_reset: ({ name, url }) => ({
    subject: "Choisissez un nouveau mot de passe",
    greeting: `Bonjour ${name},`,
    paragraphs: [
      "quelqu’un, sans doute vous, a demandé à changer le mot de passe de votre accès à Ricarica.",
    ],
    action: { label: "Choisir un nouveau mot de passe", url },
    closing: [
      "Le lien est valable une heure et une seule fois.",
      "Si vous ne l’avez pas demandé, vous n’avez rien à faire : votre mot de passe reste le même.",
    ],
    footer: FOOTER,
  }),
  password_changed: ({ name, url }) => ({
    subject: "Votre mot de passe a changé",
    greeting: `Bonjour ${name},`,
    paragraphs: [
      "le mot de passe de votre accès à Ricarica a été changé, et les connexions des autres appareils ont été fermées.",
    ],
    action: { label: "Ce n’était pas vous ? Choisissez-en un autre tout de suite", url },
    closing: ["Si c’était vous, vous n’avez rien d’autre à faire."],
    footer: FOOTER,
  }),
  address_confirmation: ({ name, url }) => ({
    subject: "Confirmez votre nouvelle adresse",
    greeting: `Bonjour ${name},`,
    paragraphs: [
      "vous avez demandé à vous connecter à Ricarica avec cette adresse. Confirmez-la une fois connecté.",
    ],
    action: { label: "Confirmer l’adresse", url },
    closing: [
      "Le lien est valable une heure et une seule fois. Jusque-là, l’adresse précédente reste valable.",
      "Si vous ne l’avez pas demandé, vous n’avez rien à faire.",
    ],
    footer:
      "Vous recevez ce message car quelqu’un a indiqué votre adresse pour un accès à Ricarica. Il est envoyé automatiquement.",
  }),
  address_changed: ({ name }) => ({
    subject: "Votre adresse a changé",
    greeting: `Bonjour ${name},`,
    paragraphs: [
      "votre accès à Ricarica a désormais une autre adresse e-mail. Celle-ci ne permet plus d’entrer et ne recevra plus de messages.",
    ],
    action: null,
    closing: [
      "Si ce n’était pas vous, écrivez tout de suite à qui gère votre panneau : quelqu’un connaît votre mot de passe.",
    ],
    footer: FOOTER,
  }),
  settings_test: () => ({
    subject: "Essai du courrier de Ricarica",
    greeting: "Bonjour,",
    paragraphs: ["si vous lisez ce message, les réglages du courrier fonctionnent."],
    action: null,
    closing: [],
    footer: "Envoyé par npm run mail.",
  }),
};
