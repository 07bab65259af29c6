# Phase 2 of the normalisation of abbreviated cubes: what is attached above is stated of observations.

# Of a data set
INSERT { ?observation ?property ?value }
WHERE {
  ?component qb:componentAttachment qb:DataSet ; qb:componentProperty ?property .
  ?dataSet qb:structure/qb:component ?component ; ?property ?value .
  ?observation qb:dataSet ?dataSet .
} ;

# Of a slice, where the structure says so
INSERT { ?observation ?property ?value }
WHERE {
  ?component qb:componentAttachment qb:Slice ; qb:componentProperty ?property .
  ?dataSet qb:structure/qb:component ?component ; qb:slice ?slice .
  ?slice ?property ?value ; qb:observation ?observation .
} ;

# Of a slice, the dimensions that it fixes
INSERT { ?observation ?dimension ?value }
WHERE {
  ?dimension a qb:DimensionProperty .
  ?dataSet qb:structure/qb:component/qb:componentProperty ?dimension ; qb:slice ?slice .
  ?slice ?dimension ?value ; qb:observation ?observation .
}
