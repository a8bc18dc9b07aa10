/**
 * What a question asks, apart from what is told around it. Askers tell of themselves (“I run a small firm in Almaty and wonder
 * whether …”) and of the occasion; such clauses name things that the answer need not.
 */
export type Clauses = { asked: string; background: string };

const CLAUSE = /[^，。；！？,;!?\n…]+[，。；！？,;!?\n…]*/gu;
/** A sentence of letters ends in a full stop, too. */
const SENTENCE = /(?<=\p{Ll}[.])\s+/u;
/** A question this short has no background. */
const SHORT = 24;

const FIRST_PERSON =
  /我(?![国方])|咱|俺|\b(?:I|I'm|I've|I'd|my|our|we|us|me)\b|(?<!\p{L})(?:я|мы|мой|моя|моему|мне|нам|наш\p{L}*|у нас)(?!\p{L})|(?<!\p{L})(?:мен|менің|маған|біз|біздің|бізге)(?!\p{L})/iu;
const ASKING =
  /[？?]|什么|甚麼|什麼|啥|咋|哪|谁|誰|多少|多久|多大|几[个個项項份年月号次种種天]|怎么|怎麼|怎样|怎樣|如何|为何|為何|何时|何時|是否|是不是|有没有|有沒有|有冇|能不能|会不会|會不會|可不可以|算不算|想知道|想问|想問|请问|請問|想了解|想查|问一[句下]|[吗嗎呢]$|列出|列举|列舉|概括|总结|總結|归纳|歸納|说说|說說|讲讲|介绍|介紹|比较|比較|找出|\b(?:whether|what|which|how|when|where|who|whom|whose|why|is there|are there|does|did|do (?:they|the|both)|summari[sz]e|list|explain|tell|compare|name the|sum up|find)\b|(?<!\p{L})(?:ли|что|чем|чего|как(?:ой|ая|ое|ие|их|им|ую)?|где|когда|кто|кому|сколько|есть ли|почему|зачем|перечисли\p{L}*|сравни\p{L}*|расскажи\p{L}*|назови\p{L}*|кратко|объясни\p{L}*)(?!\p{L})|(?<!\p{L})(?:қандай|қай|қашан|кім|кімдер|не|нені|неше|қанша|қалай|неге|қайда|ма|ме|ба|бе|па|пе|айтыңыз\p{L}*|тізіңіз\p{L}*|салыстыр\p{L}*|түсіндір\p{L}*|қысқаша)(?!\p{L})/iu;
/** Words that open a telling clause and hand over to the asking in the middle of it: “and wonder whether …”. */
const HANDOVER =
  /想知道|想问|想問|请问|請問|想了解|想查|问一[句下]|\b(?:wonder(?:ing)?|know|ask(?:ing)?|curious) (?:whether|if|what|which|how|when|where|who|about)\b|(?<!\p{L})(?:интересно|хочу (?:узнать|знать|спросить)|подскажите|скажите)(?!\p{L})/iu;

/**
 * Splits a question, as asked, into what asks and the rest: sentences that ask nothing, and clauses in the first person that
 * ask nothing. Where nothing asks, all is asked.
 */
export function splitClauses(question: string): Clauses {
  if ([...question].length < SHORT) return handOver(question);
  const clauses = (question.match(CLAUSE) ?? []).flatMap((clause) => clause.split(SENTENCE));
  if (clauses.length < 2) return handOver(question);
  const asked: string[] = [];
  const background: string[] = [];
  for (const sentence of intoSentences(clauses)) {
    const asks = sentence.some((clause) => ASKING.test(clause));
    for (const clause of sentence) {
      const isTold = !asks || (FIRST_PERSON.test(clause) && !ASKING.test(clause));
      const { asked: asking, background: telling } = isTold ? { asked: '', background: clause } : handOver(clause);
      asked.push(asking);
      background.push(telling);
    }
  }
  return asked.join('') === '' ? { asked: question, background: '' } : { asked: asked.join(''), background: background.join('') };
}

function intoSentences(clauses: readonly string[]): string[][] {
  const sentences: string[][] = [[]];
  for (const clause of clauses) {
    sentences.at(-1)?.push(clause);
    if (/[。！？!?\n.]\s*$/u.test(clause)) sentences.push([]);
  }
  return sentences;
}

function handOver(clause: string): Clauses {
  const handover = FIRST_PERSON.test(clause) ? HANDOVER.exec(clause) : null;
  return handover === null
    ? { asked: clause, background: '' }
    : { asked: clause.slice(handover.index + handover[0].length), background: clause.slice(0, handover.index) };
}
