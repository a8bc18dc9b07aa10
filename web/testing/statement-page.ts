import { readFileSync } from 'node:fs';
import mustache from 'mustache';
import pageTexts from '../pages/page-texts.json' with { type: 'json' };

/** A page of part of the joint statement, with the view model that the server renders. */

export const DOCUMENT_ID = 'china-kazakhstan-joint-statement-2019';

export const PARAGRAPHS: Record<string, string> = {
  'preamble-p1':
    '应中华人民共和国主席习近平邀请，哈萨克斯坦共和国总统卡西姆若马尔特·克梅列维奇·托卡耶夫于2019年9月10日至12日对中华人民共和国进行国事访问。',
  'preamble-p4':
    '双方认为，当前，中哈全面战略伙伴关系保持高水平运行，成为邻国间关系的典范。双方都将对方稳定、发展视为自身发展的良好机遇，加强相互支持、深化全面合作是双方共同愿望。新形势下，双方一致决定，本着同舟共济、合作共赢的精神，发展中哈永久全面战略伙伴关系，声明如下：',
  'part-1-p1':
    '双方指出，中哈都处在国家发展、民族复兴和深化两国关系的关键阶段，均把发展双边关系置于各自外交政策的优先方向，坚定支持对方重大政治议程。',
  'part-1-p6':
    '双方将保持密切高层交往的良好传统。充分发挥元首外交对双边关系发展的重要战略引领作用，完善中哈总理定期会晤机制，保持中哈合作委员会高效运转。',
  'part-2-p1':
    '双方指出，中国新发展理念和“两个一百年”奋斗目标同哈萨克斯坦第四次工业革命条件下的发展理念对中哈各自发展具有重要指导意义，愿通过深化互利合作实现共同发展。',
  'part-2-p2':
    '双方指出，务实合作是中哈全面战略伙伴关系发展的推动力。双方愿共同努力推动建设开放型世界经济。双方重申致力于促进经济全球化和贸易自由化，维护以世贸组织为核心的多边贸易体制，坚决反对单边主义和保护主义，努力确保公平竞争环境，推动实现更加开放、包容、平衡、互利、共赢的经济政策，为世界经济稳定发展作出积极贡献。',
  'part-2-item-3': '（三）扩大能源合作，根据双方已签署文件深化油气、和平利用核能、电力、可再生能源等领域合作。',
  'part-2-item-4':
    '（四）拓展两国金融领域合作。双方支持阿斯塔纳国际金融中心发展运行，鼓励双方金融机构与阿斯塔纳国际金融中心深化合作。扩大本币结算在贸易和投融资领域的使用规模，创新融资和担保方式，用好各类投资平台，做好投贷结合。',
  'part-2-item-6':
    '（六）同步加强口岸等跨境基础设施建设、海关、检验检疫和边境口岸、信息互换、监管互认、执法互助和开展国际贸易“单一窗口”等方面合作，进一步促进贸易安全与便利，不断提升口岸运行管理效率和互联互通水平。',
  'part-2-item-13':
    '（十三）共同运营好中哈霍尔果斯国际边境合作中心，发挥部级协调机制作用，严格执行已签署文件，加强双方规划和政策协调，提升共同运营和管理水平。',
  'closing-p1': '本声明于2019年9月11日在北京签署，一式两份，每份用中文、哈萨克文和俄文写成。',
  'signatures-p1': '中华人民共和国主席\t哈萨克斯坦共和国总统',
  'signatures-p2': '习近平（签字）\t托卡耶夫（签字）',
};

const SECTIONS = [
  { sectionId: 'preamble', heading: '', headingLabel: '序言' },
  { sectionId: 'part-1', heading: '一', headingLabel: '第一部分' },
  { sectionId: 'part-2', heading: '二', headingLabel: '第二部分' },
  { sectionId: 'closing', heading: '', headingLabel: '结尾' },
  { sectionId: 'signatures', heading: '', headingLabel: '签署栏' },
];

export function labelOf(paragraphId: string): string {
  const section = SECTIONS.find(({ sectionId }) => paragraphId.startsWith(`${sectionId}-`));
  const item = /^（[^）]+）/.exec(PARAGRAPHS[paragraphId] ?? '')?.[0];
  return `${section?.headingLabel ?? ''}${item ? `第${item}项` : `第${/\d+$/.exec(paragraphId)?.[0] ?? ''}段`}`;
}

function paragraphsOf(sectionId: string) {
  const paragraphs = Object.entries(PARAGRAPHS).filter(([paragraphId]) => paragraphId.startsWith(`${sectionId}-`));
  return paragraphs.map(([paragraphId, text]) => ({
    paragraphId,
    label: labelOf(paragraphId),
    number: paragraphId.includes('-item-') || sectionId === 'signatures' ? undefined : /\d+$/.exec(paragraphId)?.[0],
    stretches: [{ plain: text }],
    isSignature: sectionId === 'signatures',
    hasTwoColumns: sectionId === 'signatures',
  }));
}

const readTemplate = (name: string) => readFileSync(new URL(`../pages/${name}.mustache`, import.meta.url), 'utf8');

export function renderStatementPage(origin: string): string {
  const sections = SECTIONS.map((section) => ({ ...section, isNamed: true, paragraphs: paragraphsOf(section.sectionId) }));
  const path = `/documents/${DOCUMENT_ID}`;
  const view = {
    isElderFriendly: false,
    otherModeUrl: `${path}?view=elder-friendly`,
    languages: [{ language: 'zh-Hans', name: '简体中文', url: `${path}?language=zh-Hans`, isShown: true }],
    lang: 'zh-Hans',
    documentLanguage: 'zh-Hans',
    locale: 'zh_CN',
    text: pageTexts['zh-Hans'].page,
    documentId: DOCUMENT_ID,
    title: '中华人民共和国和哈萨克斯坦共和国联合声明',
    description: PARAGRAPHS['preamble-p1'],
    date: '2019-09-11',
    dateText: '2019年9月11日',
    place: '北京',
    parties: [{ name: '中华人民共和国' }, { name: '哈萨克斯坦共和国' }],
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    canonicalUrl: `${origin}${path}`,
    checkUrl: `${path}/check`,
    widgetUrl: '/widget.js',
    sections,
    contents: { sections },
  };
  return mustache.render(readTemplate('document-page'), view, {
    'page-head': readTemplate('page-head'),
    'language-switch': readTemplate('language-switch'),
    'quote-check': readTemplate('quote-check'),
  });
}
