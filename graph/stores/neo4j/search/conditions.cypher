// Everything that must hold for an offer, in three values; what is not met drops the offer.
// Answers to graph.conditions.conditions and graph.why_not.lacking, in the same order.
// First the declarations of both sides (VCLT article 21): what has been withdrawn counts no longer.
WITH *, COLLECT {
  UNWIND parties AS party
  MATCH (d:Declaration)-[:BY_PARTY]->(:State {id: party})
  WHERE d.effect IS NOT NULL
  MATCH (d)-[:UNDER_INSTRUMENT]->(i:Instrument)
  WITH party, d, i ORDER BY d.id
  RETURN {
    instrument: i.id, party: party, theirs: party = requested, effect: d.effect, reservation: d.kind = 'reservation',
    articles: coalesce(d.effectArticles, []), spares: question.offence IN coalesce(d.exceptOffences, []),
    withdrawn: CASE WHEN d.withdrawnOn IS NULL OR on < d.withdrawnOnEarliest THEN 'not met'
                    WHEN d.withdrawnOnEarliest = d.withdrawnOnLatest OR on > d.withdrawnOnLatest THEN 'met'
                    ELSE 'unknown' END
  }
} AS declarations
WITH *, COLLECT {
  UNWIND [o IN offers WHERE NOT (question.evidence AND o.evidentialUse = 'intelligence')
          AND none(needed IN o.needs WHERE needed IN replaced)] AS offer
  WITH offer, offer.carrier AS carrier, offer.instrument AS i,
       [needed IN offer.needs | head([s IN shared WHERE s.id = needed])] AS held
  WHERE all(s IN held WHERE s.both <> 'not met')
  WITH offer, carrier, i, held,
       coalesce(carrier.offenceScope, i.offenceScope) AS scope,
       CASE WHEN size(carrier.offences) > 0 THEN carrier.offences ELSE coalesce(i.offences, []) END AS listed,
       carrier.dualCriminality AS demand, coalesce(carrier.requirements, []) AS requirements,
       coalesce(measure.coercive, CASE WHEN measure IS NULL THEN 'depends' END, '') AS coercive,
       [{instrument: offer.needs[0], article: carrier.article},
        {instrument: offer.openerInstrument, article: offer.openerArticle}] AS articles
  // Both in force on the day, in every instrument that the offer needs.
  WITH *, reduce(gathered = [], s IN held | gathered + [side IN [s.ours, s.theirs] | {
         code: CASE WHEN side.code = 'in-force' AND s.id = offer.parent THEN 'parent-in-force' ELSE side.code END,
         status: side.status, party: side.party
       }]) AS inForce,
  // Replaced by a newer instrument, if that binds both already.
       CASE WHEN any(needed IN offer.needs WHERE needed IN perhapsReplaced)
            THEN [{code: 'replaced', status: 'unknown', party: null}] ELSE [] END AS replacing,
  // Reservations and declarations that touch the articles, of the requested State first.
       reduce(gathered = [], needed IN offer.needs | gathered
         + [d IN declarations WHERE d.instrument = needed AND d.theirs]
         + [d IN declarations WHERE d.instrument = needed AND NOT d.theirs]) AS declared
  WITH *, [d IN declared WHERE d.withdrawn <> 'met' AND (d.effect = 'text-not-read' OR any(a IN articles WHERE
         a.instrument = d.instrument AND any(covered IN d.articles WHERE a.article = covered
           OR a.article STARTS WITH covered AND substring(a.article, size(covered), 1) IN ['(', '-', ';', ' '])))
       AND CASE d.effect
         WHEN 'excludes' THEN true
         WHEN 'text-not-read' THEN true
         WHEN 'central-authority-only'
           THEN d.theirs AND offer.channel IN ['judicial-direct', 'police', 'contact-point-24-7']
         WHEN 'dual-criminality' THEN d.theirs OR d.reservation
         WHEN 'limits' THEN d.theirs OR d.reservation
         ELSE false
       END | {
         code: CASE d.effect WHEN 'dual-criminality' THEN 'dual-criminality' ELSE 'reservation' END,
         status: CASE d.effect
           WHEN 'excludes' THEN CASE d.withdrawn WHEN 'unknown' THEN 'unknown' ELSE 'not met' END
           WHEN 'central-authority-only' THEN CASE d.withdrawn WHEN 'unknown' THEN 'unknown' ELSE 'not met' END
           WHEN 'dual-criminality' THEN CASE WHEN d.spares OR bothCriminalise = 'met' THEN 'met' ELSE 'unknown' END
           ELSE 'unknown'
         END,
         party: d.party
       }] AS reserved,
  // Where the instrument applies by territorial declarations of the requested State (VCLT article 29).
       [needed IN offer.needs WHERE any(d IN declared WHERE d.instrument = needed AND d.theirs AND d.withdrawn <> 'met'
           AND d.effect IN ['territories-left-out', 'territory-in-doubt']) | {
         code: 'territorial-scope', party: requested,
         status: CASE WHEN any(d IN declared WHERE d.instrument = needed AND d.theirs AND d.withdrawn <> 'met'
                               AND d.effect = 'territory-in-doubt') THEN 'unknown' ELSE 'met' END
       }] AS extending,
  // Whether the instrument reaches the offence.
       CASE
         WHEN scope IN ['any', 'electronic-evidence', 'serious-crime'] OR scope IS NULL AND size(listed) = 0 THEN []
         WHEN scope = 'other-field' THEN ['not met']
         WHEN question.offence IS NULL THEN ['unknown']
         WHEN question.offence IN listed THEN ['met']
         ELSE ['not met']
       END AS scoped,
  // Dual criminality as the article demands it; what a party may demand by declarations that are not on record.
       CASE WHEN demand = 'by-declaration' AND none(d IN declarations WHERE d.theirs AND d.instrument = offer.needs[0]
           AND NOT d.effect IN ['languages', 'designation', 'text-not-read', 'territories-left-out', 'territory-in-doubt']
           AND any(covered IN d.articles WHERE
             coalesce(carrier.article = covered OR carrier.article STARTS WITH covered
               AND substring(carrier.article, size(covered), 1) IN ['(', '-', ';', ' '], false)))
         THEN [{code: 'dual-criminality', status: 'unknown', party: requested}] ELSE [] END AS undeclared,
       CASE
         WHEN demand = 'required' OR demand = 'required-coercive' AND coercive = 'yes' THEN [bothCriminalise]
         WHEN demand IN ['as-applicable-law', 'optional-refusal']
           OR demand IN ['required-coercive', 'optional-coercive'] AND coercive <> 'no'
           THEN [CASE bothCriminalise WHEN 'met' THEN 'met' ELSE 'unknown' END]
         ELSE []
       END AS demanded,
  // The penalty that the offence must carry: for extradition in both laws, else in the requesting State's.
       CASE WHEN carrier.minPenaltyYears IS NULL THEN [] WHEN question.offence IS NULL THEN ['unknown']
         ELSE [rows IN CASE WHEN question.measure = 'extradition' AND coalesce(i.subject, '') <> 'surrender'
                            THEN penalties ELSE penalties[0..1] END | CASE
           WHEN any(row IN rows WHERE row.inForce = 'met' AND row.years >= carrier.minPenaltyYears) THEN 'met'
           WHEN none(row IN rows WHERE row.inForce = 'met' AND row.years IS NOT NULL) THEN 'unknown'
           WHEN any(row IN rows WHERE row.inForce <> 'not met'
             AND coalesce(row.years >= carrier.minPenaltyYears, true)) THEN 'unknown'
           ELSE 'not met'
         END]
       END AS punished
  WITH offer, carrier, inForce + replacing + reserved + extending
       + [status IN scoped | {code: 'offence-scope', status: status, party: null}]
       + undeclared + [status IN demanded | {code: 'dual-criminality', status: status, party: null}]
       + CASE WHEN size(punished) = 0 THEN [] ELSE [{
           code: CASE WHEN 'serious-crime' IN requirements THEN 'serious-crime' ELSE 'minimum-penalty' END,
           status: CASE WHEN 'not met' IN punished THEN 'not met' WHEN 'unknown' IN punished THEN 'unknown'
                        ELSE 'met' END,
           party: null
         }] END
  // Requirements of the article: an emergency is asked about, the others are questions to the requester.
       + [one IN requirements WHERE one IN [
           'emergency', 'transnational', 'organised-group', 'consent-of-data-holder', 'consent-of-person',
           'nationality', 'agreement-case-by-case', 'order-under-other-law'
         ] OR one = 'designated-addressee' AND establishment IS NOT NULL
           OR one = 'serious-crime' AND size(punished) = 0 | {
           code: one, party: null,
           status: CASE WHEN one <> 'emergency' THEN 'unknown' WHEN question.urgent THEN 'met' ELSE 'not met' END
         }]
  // Whether article and channel apply to such a request at all, and how well the record knows them.
       + [one IN [
           CASE WHEN offer.urgentOnly THEN ['urgent-only', CASE WHEN question.urgent THEN 'met' ELSE 'not met' END] END,
           CASE WHEN offer.specificity = 3 AND question.measure <> 'general-mutual-assistance'
                THEN ['general-clause', 'unknown'] END,
           CASE WHEN carrier.textStatus IN ['title', 'heading'] THEN ['text-not-read', 'unknown'] END,
           CASE WHEN NOT offer.stated THEN ['channel-not-stated', 'unknown'] END,
           CASE WHEN offer.subsidiary THEN ['subsidiary', 'unknown'] END,
           CASE WHEN question.evidence AND offer.evidentialUse = 'unknown' THEN ['evidential-use', 'unknown'] END,
           CASE WHEN establishment IS NOT NULL AND offer.channel <> 'provider-direct' THEN ['provider-policy',
             CASE WHEN size(establishment.accepts) > 0 THEN policyKnown ELSE 'unknown' END] END
         ] WHERE one IS NOT NULL | {code: one[0], status: one[1], party: null}] AS conditions
  WHERE none(c IN conditions WHERE c.status = 'not met')
  RETURN {
    needs: offer.needs, carrier: carrier.id, article: carrier.article,
    opener: offer.opener.id, openerArticle: offer.openerArticle, channel: offer.channel,
    evidentialUse: offer.evidentialUse, deadlineDays: carrier.deadlineDays, specificity: offer.specificity,
    offices: offer.offices, speed: offer.speed, youth: coalesce(-toInteger(left(offer.instrument.signedOn, 4)), 0),
    byConsent: 'consent-of-data-holder' IN coalesce(carrier.requirements, []), hub: null, conditions: conditions,
    identity: offer.needs + [carrier.id, offer.channel, coalesce(offer.opener.id, ''), coalesce(establishment.id, '')]
  }
} AS byTreaties
