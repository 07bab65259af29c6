# Phase 1 of the normalisation of abbreviated cubes: types that follow, and one name for components.

INSERT { ?observation a qb:Observation } WHERE { ?slice qb:observation ?observation } ;

INSERT { ?observation a qb:Observation . ?dataSet a qb:DataSet }
WHERE { ?observation qb:dataSet ?dataSet } ;

INSERT { ?slice a qb:Slice } WHERE { ?dataSet qb:slice ?slice } ;

INSERT { ?component qb:componentProperty ?property . ?property a qb:DimensionProperty }
WHERE { ?component qb:dimension ?property } ;

INSERT { ?component qb:componentProperty ?property . ?property a qb:MeasureProperty }
WHERE { ?component qb:measure ?property } ;

INSERT { ?component qb:componentProperty ?property . ?property a qb:AttributeProperty }
WHERE { ?component qb:attribute ?property }
