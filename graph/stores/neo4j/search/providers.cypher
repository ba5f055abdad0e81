// What a provider's establishment takes itself: by national process at home, of its own will by its published policy
// from abroad. Answers to graph.providers.
WITH *, COLLECT {
  UNWIND CASE
    WHEN establishment IS NULL THEN []
    WHEN requested = requesting THEN [{code: 'national-law', status: policyKnown, use: 'evidence', consent: false}]
    WHEN question.measure IN coalesce(establishment.accepts, [])
      AND (question.measure = 'preservation' OR question.measure = 'emergency-disclosure' AND question.urgent)
      THEN [{code: 'voluntary', status: 'unknown', use: 'unknown', consent: true}]
    ELSE []
  END AS way
  OPTIONAL MATCH (channel:Concept {id: 'channel/provider-direct'})
  RETURN {
    needs: [], carrier: null, article: null, opener: null, openerArticle: null, channel: 'provider-direct',
    evidentialUse: way.use, deadlineDays: null, specificity: 1, offices: 2, speed: coalesce(channel.rank, 99),
    youth: 0, byConsent: way.consent, hub: null, identity: [establishment.id],
    conditions: [{code: way.code, status: way.status, party: null}]
  }
} AS byProvider
