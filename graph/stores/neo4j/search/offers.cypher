// What the instruments that join the two offer for the measure: every article that carries it (1 names it, 2 names a
// kindred measure, 3 covers assistance in general), with every channel that it, a channel article of the instrument or
// of a protocol, else of the parent, or else custom opens. Answers to graph.offers.offers.
WITH *, COLLECT {
  UNWIND [s IN shared WHERE s.both <> 'not met' AND s.joins AND NOT s.id IN replaced] AS held
  WITH held.instrument AS i
  MATCH (i)<-[:UNDER_INSTRUMENT]-(carrier:Provision {role: 'cooperation'})
  WHERE any(named IN carrier.measures WHERE named IN carrying)
  WITH i, collect(carrier) AS carriers
  OPTIONAL MATCH (i)-[:PROTOCOL_TO]->(parent:Instrument)
  WITH i, parent, carriers,
       COLLECT {
         MATCH (i)<-[:PROTOCOL_TO*0..1]-(holder:Instrument)<-[:UNDER_INSTRUMENT]-(opener:Provision {role: 'channel'})
         WHERE size(opener.channels) > 0
           AND (coalesce(size(opener.measures), 0) = 0 OR question.measure IN opener.measures)
         WITH holder, opener, holder = i AS own ORDER BY own DESC, holder.id, opener.id
         RETURN {opener: opener, holder: holder.id}
       } AS near,
       COLLECT {
         MATCH (parent)<-[:UNDER_INSTRUMENT]-(opener:Provision {role: 'channel'})
         WHERE size(opener.channels) > 0
           AND (coalesce(size(opener.measures), 0) = 0 OR question.measure IN opener.measures)
         WITH opener ORDER BY opener.id
         RETURN {opener: opener, holder: parent.id}
       } AS far
  WITH i, parent, carriers, CASE WHEN size(near) > 0 THEN near ELSE far END AS openers,
       [o IN near WHERE o.opener.urgency = 'only'] AS nearUrgent,
       [o IN far WHERE o.opener.urgency = 'only'] AS farUrgent
  UNWIND carriers AS carrier
  WITH i, parent, carrier, [i.id] + CASE WHEN parent IS NULL THEN [] ELSE [parent.id] END AS base,
       coalesce(size(carrier.channels), 0) AS named,
       coalesce(size(carrier.channelArticles), 0) = coalesce(size(carrier.channels), 0) AS paired,
       // An article that names its channels itself is widened by urgent variants only.
       CASE WHEN coalesce(size(carrier.channels), 0) = 0 THEN openers
            WHEN size(nearUrgent) > 0 THEN nearUrgent ELSE farUrgent END AS openers
  WITH i, parent, carrier, base,
       [n IN range(0, named - 1) | {
         channel: carrier.channels[n], stated: true, holder: null, opener: null,
         article: CASE WHEN paired THEN carrier.channelArticles[n] END
       }]
       + reduce(ways = [], o IN openers | ways + [channel IN o.opener.channels | {
         channel: channel, stated: true, holder: o.holder, opener: o.opener, article: o.opener.article
       }])
       + CASE WHEN named = 0 AND size(openers) = 0 THEN [{
         channel: CASE WHEN i.subject = 'mutual-assistance' THEN 'central-authority' ELSE 'diplomatic' END,
         stated: false, holder: null, opener: null, article: null
       }] ELSE [] END AS ways
  UNWIND range(0, size(ways) - 1) AS turn
  WITH i, parent, carrier, base, turn, ways[turn] AS way
  WITH i, parent, carrier, base, turn, way, coalesce(way.opener, head(COLLECT {
         MATCH (i)<-[:UNDER_INSTRUMENT]-(named:Provision) WHERE named.article = way.article
         RETURN named ORDER BY named.id LIMIT 1
       })) AS opener
  OPTIONAL MATCH (channel:Concept {id: 'channel/' + way.channel})
  WITH {
    instrument: i, parent: parent.id, carrier: carrier, opener: opener, openerArticle: way.article,
    openerInstrument: coalesce(way.holder, i.id), channel: way.channel, stated: way.stated,
    needs: base + CASE WHEN way.holder IS NULL OR way.holder IN base THEN [] ELSE [way.holder] END,
    specificity: CASE WHEN question.measure IN carrier.measures THEN 1
                      WHEN any(named IN carrier.measures WHERE named IN kindred) THEN 2 ELSE 3 END,
    urgentOnly: coalesce(carrier.urgency = 'only', false) OR coalesce(opener.urgency = 'only', false),
    // Central authorities take the request either way (cets-185 article 27(1), UNTOC article 18(7)).
    subsidiary: coalesce(carrier.subsidiary, false)
      OR coalesce(opener.subsidiary, false) AND way.channel <> 'central-authority',
    evidentialUse: coalesce(opener.evidentialUse, carrier.evidentialUse, channel.evidentialUse, 'unknown'),
    offices: coalesce(channel.offices, 0), speed: coalesce(channel.rank, 99)
  } AS offer, turn
  // Of several articles for one channel the best counts: more specific, with a number, with a deadline, then by number.
  WITH offer, turn, split(offer.carrier.article, '') AS letters
  WITH offer, turn, reduce(runs = [], letter IN letters | CASE
         WHEN size(runs) > 0 AND ('0' <= letter <= '9') = ('0' <= left(runs[-1], 1) <= '9')
           THEN runs[0..-1] + [runs[-1] + letter]
         ELSE runs + [letter]
       END) AS runs
  WITH offer ORDER BY
    offer.specificity, offer.carrier.article IS NULL, offer.carrier.deadlineDays IS NULL,
    [run IN runs | CASE WHEN '0' <= run < ':' THEN [toInteger(run), ''] ELSE [0, run] END],
    offer.carrier.id, turn
  WITH offer.needs AS needs, offer.channel AS channel, offer.urgentOnly AS urgentOnly, collect(offer) AS alike
  RETURN alike[0]
} AS offers
