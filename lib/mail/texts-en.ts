import type { MailTexts } from "./rules";

const FOOTER =
  "You get this message because your address is that of a sign-in to Ricarica. It was sent automatically.";

export const ENGLISH_TEXTS: MailTexts = {
  password_reset: ({ name, url }) => ({
    subject: "Choose a new password",
    greeting: `Hello ${name},`,
    paragraphs: ["somebody, probably you, asked to change the password of your sign-in to Ricarica."],
    action: { label: "Choose a new password", url },
    closing: [
      "The link is valid for one hour and works once.",
      "If you did not ask for it, there is nothing to do: your password stays as it was.",
    ],
    footer: FOOTER,
  }),
  password_changed: ({ name, url }) => ({
    subject: "Your password has changed",
    greeting: `Hello ${name},`,
    paragraphs: [
      "the password of your sign-in to Ricarica was changed, and the sessions on other devices were ended.",
    ],
    action: { label: "Was it not you? Choose another one now", url },
    closing: ["If it was you, there is nothing else to do."],
    footer: FOOTER,
  }),
  address_confirmation: ({ name, url }) => ({
    subject: "Confirm your new address",
    greeting: `Hello ${name},`,
    paragraphs: ["you asked to sign in to Ricarica with this address. Confirm it while you are signed in."],
    action: { label: "Confirm the address", url },
    closing: [
      "The link is valid for one hour and works once. Until then the old address holds.",
      "If you did not ask for it, there is nothing to do.",
    ],
    footer:
      "You get this message because somebody gave your address for a sign-in to Ricarica. It was sent automatically.",
  }),
  address_changed: ({ name }) => ({
    subject: "Your address has changed",
    greeting: `Hello ${name},`,
    paragraphs: [
      "your sign-in to Ricarica now has another mail address. This one no longer lets you in, and gets no more messages.",
    ],
    action: null,
    closing: ["If it was not you, write at once to whoever runs your panel: somebody knows your password."],
    footer: FOOTER,
  }),
  settings_test: () => ({
    subject: "Test of Ricarica’s mail",
    greeting: "Hello,",
    paragraphs: ["if you read this, the settings of the mail work."],
    action: null,
    closing: [],
    footer: "Sent by npm run mail.",
  }),
};
