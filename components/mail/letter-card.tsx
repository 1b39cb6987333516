import { Card } from "../ui/card";
import { Details } from "../ui/details";
import { FileLink } from "../ui/text-link";

const ADDRESS = /(https?:\/\/\S+)/;

/** One mail as its reader would get it: as text, and as HTML in a frame where nothing of it runs. */
export function LetterCard({
  subject,
  about,
  textBody,
  htmlAddress,
  asHtml,
}: {
  subject: string;
  about: string;
  textBody: string;
  htmlAddress: string;
  asHtml: string;
}) {
  return (
    <Card title={subject}>
      <p className="mb-3 text-s text-ink-3">{about}</p>
      <div className="mb-3 rounded-s bg-sunk p-4 text-s break-words whitespace-pre-wrap">
        {textBody.split(ADDRESS).map((part, at) =>
          ADDRESS.test(part) ? (
            <FileLink key={at} href={part}>
              {part}
            </FileLink>
          ) : (
            part
          ),
        )}
      </div>
      <Details summary={asHtml}>
        <iframe
          src={htmlAddress}
          title={subject}
          sandbox=""
          loading="lazy"
          className="h-128 w-full rounded-s border border-line"
        />
      </Details>
    </Card>
  );
}
