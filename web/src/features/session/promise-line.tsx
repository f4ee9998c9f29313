const STEPS = [
  { at: 20, made: true },
  { at: 110, made: true },
  { at: 200, made: true },
  { at: 290, made: false },
  { at: 380, made: false },
];

/** A schedule in the past and the future: decoration. */
export function PromiseLine() {
  return (
    <svg viewBox="0 0 400 60" width="100%" aria-hidden="true" style={{ marginTop: 40, display: 'block' }}>
      <path d="M20 30h180" stroke="#5eead4" strokeWidth="3" />
      <path
        d="M200 30h180"
        stroke="#5eead4"
        strokeWidth="3"
        strokeDasharray="2 9"
        strokeLinecap="round"
        opacity="0.7"
      />
      {STEPS.map(({ at, made }) => (
        <circle
          key={at}
          cx={at}
          cy="30"
          r="9"
          fill={made ? '#5eead4' : '#0c4a46'}
          stroke="#5eead4"
          strokeWidth="3"
        />
      ))}
      <path
        d="m195.5 30 3 3.200 6-6.400"
        fill="none"
        stroke="#0c4a46"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
