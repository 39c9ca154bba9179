/// The usual phrases of refusals in German, French and Spanish; other languages are not known.
enum ForeignRefusals {
    /// Patterns for texts as `RefusalText` makes them.
    static let sources = german + french + spanish

    private static let word = "[a-zà-öø-ÿß'-]+"

    private static let german: [String] = [
        "\\b(?:(?:ich|wir) (?:kann|können|darf|dürfen|werde|werden|möchte|will)|(?:kann|können|darf|dürfen|werde|werden|möchte|will)"
            + " (?:ich|wir))\\b(?:,? \(word),?){0,6}? (?:nicht|keine|keinen|keinerlei)(?! nur)(?: \(word)){0,6}?"
            + " (?:helfen|weiterhelfen|behilflich|unterstützen|beantworten|nachkommen|entsprechen|bereitstellen|mitwirken|preisgeben"
            + "|diskutieren|besprechen|verfügung)\\b(?![^.!?]{0,80} (?:bis|bevor|ohne) )",
        "\\b(?:kann|können|darf|dürfen|werde)(?: \(word)){0,6}? keine(?:rlei)? (?:auskunft|hilfe|angaben|anleitung|anleitungen)\\b",
        "\\b(?:das|dies|so etwas) (?:kann|darf|werde) ich(?: leider| so| auf keinen fall)* nicht(?: tun| machen)?(?:[.!,]|$)",
        "\\b(?:ich|wir) (?:muss|müssen)(?: \(word)){0,6}? ablehnen|\\b(?:muss|müssen) (?:ich|wir)(?: \(word)){0,6}? ablehnen",
        "\\bich (?:lehne|weigere mich|verweigere)\\b(?! \(word) nicht)",
        "\\b(?:das|dies|es) ist (?:mir|uns)(?: leider)? nicht (?:möglich|gestattet|erlaubt)",
        "\\bich bin(?: leider)? nicht (?:in der lage|befugt|berechtigt|bereit)\\b",
        "\\bals (?:ki|künstliche|sprachmodell|assistent)[^.!?]{0,80}?\\b(?:kann|darf|werde) ich(?: \(word)){0,6}? (?:nicht|keine)",
        "\\b(?:gegen|verletzt) meine(?: \(word))? (?:richtlinien|grundsätze|regeln|prinzipien)",
    ]

    private static let french: [String] = [
        "\\b(?:je|nous) ne (?:peux|pouvons|vais|saurais|souhaite|veux)(?: \(word)){0,4}? (?:vous |t'|te |y |d'|l')?(?:aider|assister|répondre|fournir"
            + "|satisfaire|accéder à (?:cette|votre|ta) demande|donner suite|faire (?:cela|ça)|le faire|participer|discuter|divulguer)",
        "\\bje refuse (?:de |d')(?!croire)",
        "\\bje (?:dois|suis obligée? de|me dois de)(?: \(word)){0,2}? (?:refuser|décliner)",
        "\\bje ne suis pas (?:en mesure|autorisée?|à l'aise|habilitée?)",
        "\\ben tant qu(?:'|e )(?:ia|assistant|intelligence|modèle)[^.!?]{0,80}?\\bje ne (?:peux|suis|dois|vais)",
        "\\bcontraire à mes (?:principes|directives|règles)",
    ]

    private static let spanish: [String] = [
        "\\bno (?:puedo|podemos|podré|voy a)(?: \(word)){0,2}? ?\\b(?:ayudar(?:te|le|les|los|la|lo|os)?|asistir(?:te|le)?|cumplir (?:con )?(?:esa|ese|su|tu|esta)"
            + "|hacer eso|hacerlo|responder a? ?(?:esa|esta|eso|tu|su)|participar|(?:proporcionar|brindar|ofrecer|dar|compartir|revelar)(?:te|le)?"
            + " (?:esa|ese|eso|esos|esas|ayuda|instrucciones|información|asistencia)|satisfacer (?:esa|su|tu))",
        "\\bme niego a(?! creer)\\b",
        "\\b(?:debo|tengo que)(?: \(word)){0,2}? (?:rechazar|declinar|negarme)",
        "\\bno estoy (?:autorizad[oa]|en condiciones|en posición|dispuest[oa]|capacitad[oa])",
        "\\bno me es posible (?:ayudar|responder|hacer|proporcionar|cumplir)",
        "\\bcomo (?:una? )?(?:ia|inteligencia|modelo|asistente)[^.!?]{0,80}?\\bno (?:puedo|debo|estoy)",
        "\\b(?:va )?en contra de mis (?:principios|directrices|políticas|normas)",
    ]
}
