// What telling the answer to one question needs, and no more: both sides, the instruments that join them or could, with
// their articles; what both declared, their offices, memberships and law; the networks for the measure. Everything else
// that is on record, about other States above all, is left where it is.
WITH $question AS question
OPTIONAL MATCH (measure:Concept {id: 'measure/' + question.measure})
WITH question, [question.measure] + coalesce(measure.servedBy, [])
       + CASE WHEN measure.underGeneralClause THEN ['general-mutual-assistance'] ELSE [] END AS carrying,
     COLLECT { MATCH (e:Establishment)-[:OF_PROVIDER]->(:Provider {id: question.provider}) RETURN e }
       + COLLECT { MATCH (e:Establishment {id: question.provider}) RETURN e } AS establishments
WITH question, carrying, establishments, COLLECT {
  MATCH (s:State) WHERE s.id IN [question.requesting, question.requested] RETURN s
} + COLLECT { UNWIND establishments AS e MATCH (e)-[:ESTABLISHED_IN]->(s:State) RETURN DISTINCT s } AS sides
// Instruments with both on record, and those open to others that carry the measure and have one of them.
WITH question, carrying, establishments, sides, COLLECT {
  UNWIND sides AS s
  MATCH (s)-[:PARTICIPATES_IN]->(i:Instrument)
  WITH i, collect(DISTINCT s.id) AS held
  WITH i, question.requesting IN held AND size(held) > 1 AS both
  WHERE both OR NOT i.kind IN ['bilateral', 'executive-agreement'] AND EXISTS {
    MATCH (i)<-[:UNDER_INSTRUMENT]-(v:Provision {role: 'cooperation'})
    WHERE any(named IN v.measures WHERE named IN carrying)
  }
  RETURN {instrument: i, both: both}
} AS found
WITH question, carrying, establishments, sides, [f IN found | f.instrument] + COLLECT {
  UNWIND [f IN found WHERE f.both] AS f
  WITH f.instrument AS i
  MATCH (i)-[:PROTOCOL_TO]-(other:Instrument)
  RETURN DISTINCT other
} AS instruments, COLLECT {
  MATCH (way:NetworkChannel) WHERE question.measure IN way.measures RETURN way
} AS ways
WITH question, carrying, establishments, sides, instruments, ways,
     COLLECT { UNWIND ways AS way MATCH (way)-[:OF_ORGANISATION]->(body:Organisation) RETURN DISTINCT body } AS bodies
WITH question, sides, instruments, bodies, establishments + sides + instruments + ways + bodies
  + COLLECT { UNWIND ways AS way MATCH (way)-[:UNDER_INSTRUMENT]->(act:Instrument) RETURN act }
  // The articles that carry the measure or open channels, those that they name, and one to tell whether there is any.
  + COLLECT {
      UNWIND instruments AS i
      MATCH (i)<-[:UNDER_INSTRUMENT]-(v:Provision)
      WHERE v.role = 'channel' OR v.role = 'cooperation' AND any(named IN v.measures WHERE named IN carrying)
      RETURN v
    }
  + COLLECT {
      UNWIND instruments AS i
      MATCH (i)<-[:UNDER_INSTRUMENT]-(v:Provision {role: 'cooperation'})
      WHERE any(named IN v.measures WHERE named IN carrying)
      UNWIND v.channelArticles AS article
      MATCH (i)<-[:UNDER_INSTRUMENT]-(other:Provision) WHERE other.article = article
      RETURN DISTINCT other
    }
  + reduce(some = [], one IN COLLECT {
      UNWIND instruments AS i
      RETURN COLLECT { MATCH (i)<-[:UNDER_INSTRUMENT]-(v:Provision {role: 'cooperation'}) RETURN v LIMIT 1 }
    } | some + one)
  + COLLECT {
      UNWIND sides AS s MATCH (s)<-[:BY_PARTY]-(d:Declaration)-[:UNDER_INSTRUMENT]->(i:Instrument)
      WHERE i IN instruments
      RETURN d
    }
  + COLLECT {
      UNWIND instruments AS i MATCH (i)<-[:UNDER_INSTRUMENT]-(rule:RequestRule) WHERE rule.kind IN ['language', 'form']
      RETURN rule
    }
  + COLLECT { UNWIND sides AS s MATCH (s)<-[:OF_STATE]-(d:Designation) RETURN d }
  + COLLECT { UNWIND sides AS s MATCH (s)<-[:OF_STATE]-(:Designation)-[:DESIGNATES]->(a:Authority) RETURN a }
  + COLLECT {
      UNWIND sides AS s MATCH (s)<-[:OF_STATE]-(o:StatutoryOffence)
      WHERE o.offence IN [question.offence, 'csam-unspecified']
      RETURN o
    }
  + COLLECT {
      UNWIND sides AS s MATCH (s)<-[:OF_STATE]-(o:StatutoryOffence)-[:IN_STATUTE]->(law:Statute)
      WHERE o.offence IN [question.offence, 'csam-unspecified']
      RETURN law
    }
  + COLLECT {
      UNWIND CASE WHEN question.offence IS NULL THEN [] ELSE sides END AS s
      MATCH (s)<-[:OF_STATE]-(f:ReviewFinding) WHERE f.criterion IN $criteria
      RETURN f
    }
  + COLLECT { MATCH (c:Concept) WHERE c.scheme IN $schemes OR c.id = 'measure/' + question.measure RETURN c } AS near
RETURN
  COLLECT {
    UNWIND near AS n
    WITH DISTINCT n
    RETURN [labels(n), properties(n), COLLECT {
      MATCH (n)-[r]->(m) WHERE type(r) IN $links
      RETURN [type(r), labels(m), m.id]
    }]
  } AS nodes,
  // The Union's own participations tell which of the instruments are agreements of the Union with others.
  COLLECT {
    UNWIND [s IN sides | s.id] + CASE WHEN any(s IN sides WHERE s.id = 'EUE') THEN [] ELSE ['EUE'] END AS party
    MATCH (s:State {id: party})-[r:PARTICIPATES_IN]->(i:Instrument) WHERE i IN instruments
    RETURN [type(r), labels(s), s.id, labels(i), i.id, properties(r)]
  } + COLLECT {
    UNWIND sides AS s
    MATCH (s)-[r:HOLDS_STATUS_IN]->(body:Organisation)
    WHERE body IN bodies OR body.id = 'eu'
    RETURN [type(r), labels(s), s.id, labels(body), body.id, properties(r)]
  } AS relations
