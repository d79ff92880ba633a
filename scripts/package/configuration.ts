/** The configuration that installers write: `thinline config init`, with places for what their settings say. */
import { template } from '@thinline/shared/config/template.ts';

const places: Readonly<Record<string, string>> = {
  port: '@CONNECTOR_PORT@',
  protocol: '@CONNECTOR_PROTOCOL@',
  certificate_search_value: '@CONNECTOR_THUMBPRINT@',
  certificate: '@CONNECTOR_CERTIFICATE@',
};

export function configurationTemplate(): string {
  const text = template();
  const start = text.indexOf('<section name="connector">');
  const end = text.indexOf('</section>', start);
  let connector = text.slice(start, end);
  for (const [setting, place] of Object.entries(places)) {
    const before = connector;
    connector = connector.replace(
      new RegExp(`<setting name="${setting}" value="[^"]*"/>`),
      `<setting name="${setting}" value="${place}"/>`,
    );
    if (connector === before) throw new Error(`A new configuration has no setting policy.connector.${setting}.`);
  }
  return text.slice(0, start) + connector + text.slice(end);
}
