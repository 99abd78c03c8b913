/** The mail server of the site. */
import { sendEmail } from '../../delivery/email.ts';
import { mailHtml, mailText } from '../../delivery/mail-page.ts';
import {
  isMailSetUp,
  type MAIL_SECRETS,
  type MailSettings,
  openedMail,
  readMail,
} from '../../delivery/mail-settings.ts';
import { outcomeText } from '../../delivery/outcome.ts';
import { createTranslate } from '../../i18n/translate.ts';
import { resultWords } from '../../schedules/words.ts';
import { writeDeliverySetting } from '../../store/delivery-settings.ts';
import type { Mail, routes } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import type { RouteParsed } from '../route.ts';
import type { Scheduling } from '../scheduling.ts';

type MailBody = RouteParsed<(typeof routes)['putMail']>['body'];

function viewOf(mail: MailSettings): Mail {
  const { password, clientSecret, refreshToken, ...shown } = mail;
  return {
    ...shown,
    hasPassword: password !== '',
    hasClientSecret: clientSecret !== '',
    hasRefreshToken: refreshToken !== '',
    isSetUp: isMailSetUp(mail),
  };
}

export function mailRoutes(
  { deps, settings }: ApiParts,
  { scheduler }: Scheduling,
): Pick<Handlers, 'getMail' | 'putMail' | 'testMail'> {
  /** Secrets sealed; those that are not in the form stay as they are stored. */
  const sealed = (body: MailBody): MailSettings => {
    const before = readMail(deps.db);
    const kept = (name: (typeof MAIL_SECRETS)[number]): string => deps.secretBox.seal(body[name] ?? before[name]);
    return {
      ...body,
      password: kept('password'),
      clientSecret: kept('clientSecret'),
      refreshToken: kept('refreshToken'),
    };
  };
  return {
    getMail: () => viewOf(readMail(deps.db)),
    putMail: ({ body }) => {
      writeDeliverySetting(deps.db, 'mail', sealed(body));
      scheduler.poke();
      return viewOf(readMail(deps.db));
    },
    testMail: async ({ body, language }) => {
      const t = createTranslate(language);
      const page = {
        company: settings.get().companyName,
        title: t('mail.test.title'),
        paragraphs: [t('mail.test.text')],
        footer: 'Tollbook',
      };
      const outcome = await sendEmail(openedMail(sealed(body.settings), deps.secretBox), {
        to: [body.to],
        subject: `Tollbook: ${page.title}`,
        text: mailText(page),
        html: mailHtml(page),
        messageName: `tollbook-test-${deps.nowMs()}`,
      });
      const text = outcome.isSent
        ? t('mail.testDone', { detail: outcome.detail })
        : resultWords(outcomeText(outcome), language);
      return { isSent: outcome.isSent, text };
    },
  };
}
