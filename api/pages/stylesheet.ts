/** The one stylesheet of the payer's pages: phone first, light and dark, contrast of WCAG AA or better, and print. */
export const STYLESHEET = `
:root{color-scheme:light dark;--ground:#f3f5f6;--card:#fff;--ink:#17212b;--quiet:#4b5866;--line:#d5dbe1;--field:#6b7785;
--brand:#0b5d4a;--brand-strong:#084536;--on-brand:#fff;--good:#0b5d4a;--good-ground:#e6f4ef;--bad:#9b1c1c;--bad-ground:#fdeeee;
--warn:#6b4300;--warn-ground:#fff3d6;--focus:#1d4ed8}
@media (prefers-color-scheme:dark){:root{--ground:#10161c;--card:#1a222b;--ink:#e9eef3;--quiet:#aab6c2;--line:#33404d;
--field:#8492a1;--brand:#45c9a4;--brand-strong:#6fdcbd;--on-brand:#05231a;--good:#6fdcbd;--good-ground:#12332a;--bad:#ffb4ab;
--bad-ground:#3c1a1a;--warn:#ffd78a;--warn-ground:#3a2a08;--focus:#8ab4ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;background:var(--ground);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
.skip{position:absolute;left:-999rem}
.skip:focus{left:.5rem;top:.5rem;background:var(--card);padding:.5rem 1rem;z-index:1}
header,main,footer{width:100%;max-width:30rem;margin-inline:auto;padding-inline:1rem}
header{display:flex;gap:1rem;align-items:baseline;justify-content:space-between;padding-top:1.25rem}
.merchant{font-weight:650;margin:0}
.languages{font-size:.875rem;white-space:nowrap;margin:0}
main{flex:1;padding-block:1rem}
footer{padding-block:1rem 1.5rem;color:var(--quiet);font-size:.8125rem}
footer p{margin:.25rem 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.25rem}
h1{font-size:1.25rem;line-height:1.3;margin:0 0 .25rem;text-wrap:balance}
h2{font-size:1rem;margin:0 0 .25rem}
p{margin:.5rem 0}
.quiet{color:var(--quiet)}
.small{font-size:.875rem}
.amount{margin:1rem 0}
.amount .label{display:block;color:var(--quiet);font-size:.875rem}
.amount .value{display:block;font-size:2.25rem;line-height:1.15;font-weight:700;letter-spacing:-.015em;
font-variant-numeric:tabular-nums}
dl{margin:1rem 0 0;border-top:1px solid var(--line)}
dl div{display:flex;gap:1rem;justify-content:space-between;padding:.55rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--quiet);flex:none;max-width:45%}
dd{margin:0;text-align:right;font-variant-numeric:tabular-nums;white-space:pre-line}
.notice{border-radius:.75rem;padding:.75rem 1rem;margin:1rem 0 0;background:var(--warn-ground);color:var(--warn)}
.notice.bad{background:var(--bad-ground);color:var(--bad)}
.notice.good{background:var(--good-ground);color:var(--good)}
.notice p{margin:0}
.banner{background:var(--warn-ground);color:var(--warn);text-align:center;font-size:.875rem;padding:.375rem 1rem;margin:0}
form{margin:1.25rem 0 0}
.entry{margin-top:1rem}
.field[aria-invalid]{border-color:var(--bad)}
.problem{color:var(--bad);font-size:.875rem;margin:.25rem 0 0}
.logo{display:block;width:2.5rem;height:2.5rem;border-radius:.5rem;margin:0 0 .5rem}
.photo{display:block;max-width:100%;max-height:20rem;height:auto;border-radius:.75rem;margin:.5rem 0}
label{font-weight:600}
select,.field{display:block;width:100%;margin-top:.375rem;min-height:3rem;padding:.5rem .75rem;font:inherit;color:var(--ink);
background:var(--card);border:1px solid var(--field);border-radius:.625rem}
.check{display:flex;gap:.75rem;align-items:flex-start;margin-top:1rem;font-weight:400}
.check input{flex:none;width:1.25rem;height:1.25rem;margin:.125rem 0 0;accent-color:var(--brand)}
.button{display:block;width:100%;min-height:3rem;margin-top:1rem;padding:.625rem 1rem;font:inherit;font-weight:650;text-align:center;
text-decoration:none;color:var(--on-brand);background:var(--brand);border:2px solid var(--brand);border-radius:.75rem;cursor:pointer}
.button:hover{background:var(--brand-strong);border-color:var(--brand-strong)}
.button.second{color:var(--ink);background:transparent;border-color:var(--field)}
.button.second:hover{border-color:var(--ink)}
a{color:var(--brand);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.other{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line)}
@media print{body{background:#fff}.card{border:0;padding:0}.no-print,.languages,.skip{display:none}}
`;
