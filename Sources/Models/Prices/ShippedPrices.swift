public import Evals

/// The list prices of vendors on a day, as they come with the program.
///
/// A project's own table goes before them, model by model, since prices change from month to month. The numbers are
/// those that the open-source gateway LiteLLM 1.106.2 lists; they were not checked with each vendor. Priority tiers
/// are not listed, so that their cost is unknown unless a project prices them.
public enum ShippedPrices {
    /// The day for which the prices are true.
    public static let date = "2026-10-21"

    /// The prices by model name.
    public static let prices: [String: ModelPrice] = {
        var prices: [String: ModelPrice] = [:]
        for line in rows.split(separator: "\n") {
            guard let row = PriceRow(line) else { continue }
            prices[row.name] = row.price
            if row.name.hasPrefix("claude-") { prices["bedrock-regional/\(row.name)"] = row.regionalPrice }
        }
        return prices
    }()

    /// The project's table with the list below it.
    ///
    /// - Parameter models: The models that an answer may come from, by alias.
    public static func completing(
        _ table: PriceTable, models: [String: ModelSpecification]
    ) -> PriceTable {
        PriceTable(date: table.date, prices: table.prices, listDate: date, listed: prices, models: models)
    }

    /// The table: a row for each model, in USD per million tokens.
    ///
    /// `NAME, most output tokens | input / output / cache read / cache write`; then the tiers `batch` and `flex`
    /// (`flex =` costs what batch costs), and `> N` before the columns that hold for prompts of more than N tokens. A
    /// cache price that is missing at the end is not known.
    static let rows = """
        gpt-6-astra            , 128000 | 10/50/1/12.5      | batch 5/25/.5/6.25         | flex = | > 272000 20/75/2/25     | batch 10/37.5/1/12.5    | flex =
        gpt-6.1-sol            , 128000 | 2/10/.1/2.5       | batch 1/5/.05/1.25         | flex = | > 272000 4/15/.2/5      | batch 2/7.5/.1/2.5      | flex =
        gpt-6-sol              , 128000 | 2/10/.2/2.5       | batch 1/5/.1/1.25          | flex = | > 272000 4/15/.4/5      | batch 2/7.5/.2/2.5      | flex =
        gpt-6-luna             , 128000 | .1/.5/.01/.125    | batch .05/.25/.005/.0625   | flex = | > 272000 .2/.75/.02/.25 | batch .1/.375/.01/.125  | flex =
        gpt-5.6-sol            , 128000 | 4/20/.4/5         | batch 2/10/.2/2.5          | flex = | > 272000 8/30/.8/10     | batch 4/15/.4/5         | flex =
        gpt-5.6-terra          , 128000 | 2/12/.2/2.5       | batch 1/6/.1/1.25          | flex = | > 272000 4/18/.4/5      | batch 2/9/.2/2.5        | flex =
        gpt-5.6-luna           , 128000 | .2/1.2/.02/.25    | batch .1/.6/.01/.125       | flex = | > 272000 .4/1.8/.04/.5  | batch .2/.9/.02/.25     | flex =
        gpt-5.5                , 128000 | 5/30/.5           | batch 2.5/15/.25           | flex = | > 272000 10/45/1        | batch 5/22.5/.5         | flex =
        gpt-5.5-pro            , 128000 | 30/180            | batch 15/90                | flex = | > 272000 60/270         | batch 30/135
        gpt-5.4                , 128000 | 2.5/15/.25        | batch 1.25/7.5/.13         | flex = | > 272000 5/22.5/.5      | batch 2.5/11.25/.25     | flex =
        gpt-5.4-mini           , 128000 | .75/4.5/.075      | batch .375/2.25/.0375      | flex =
        gpt-5.4-nano           , 128000 | .2/1.25/.02       | batch .1/.625/.01          | flex =
        gpt-5.2                , 128000 | 1.75/14/.175      | batch .875/7/.0875         | flex =
        gpt-5.1                , 128000 | 1.25/10/.125      | batch .625/5/.0625         | flex =
        gpt-5                  , 128000 | 1.25/10/.125      | batch .625/5/.0625         | flex =
        gpt-5-mini             , 128000 | .25/2/.025        | batch .125/1/.0125         | flex =
        gpt-5-nano             , 128000 | .05/.4/.005       | batch .025/.2/.0025        | flex =
        gpt-4.1                ,  32768 | 2/8/.5            | batch 1/4
        gpt-4.1-mini           ,  32768 | .4/1.6/.1         | batch .2/.8
        gpt-4o                 ,  16384 | 2.5/10/1.25       | batch 1.25/5
        gpt-4o-mini            ,  16384 | .15/.6/.075       | batch .075/.3
        o3                     , 100000 | 2/8/.5            | batch 1/4                  | flex 1/4/.25
        o4-mini                , 100000 | 1.1/4.4/.275      | batch .55/2.2              | flex .55/2.2/.138
        claude-fable-5-1       , 128000 | 10/50/.25/12.5    | batch 5/25/.125/6.25
        claude-opus-5-5        , 128000 | 4/20/.2/5         | batch 2/10/.1/2.5
        claude-opus-5          , 128000 | 5/25/.5/6.25      | batch 2.5/12.5/.25/3.125
        claude-opus-4-8        , 128000 | 5/25/.5/6.25      | batch 2.5/12.5/.25/3.125
        claude-opus-4-7        , 128000 | 5/25/.5/6.25      | batch 2.5/12.5/.25/3.125
        claude-opus-4-6        , 128000 | 5/25/.5/6.25      | batch 2.5/12.5/.25/3.125
        claude-opus-4-5        ,  64000 | 5/25/.5/6.25      | batch 2.5/12.5/.25/3.125
        claude-sonnet-5-5      , 128000 | 2/10/.1/2.5       | batch 1/5/.05/1.25
        claude-sonnet-5        , 128000 | 2/10/.2/2.5       | batch 1/5/.1/1.25
        claude-sonnet-4-6      , 128000 | 3/15/.3/3.75      | batch 1.5/7.5/.15/1.875
        claude-sonnet-4-5      ,  64000 | 3/15/.3/3.75      | batch 1.5/7.5/.15/1.875
        claude-haiku-5-5       , 128000 | .1/.5/.01/.125    | batch .05/.25/.005/.0625   | > 100000 .5/2.5/.05/.625 | batch .25/1.25/.025/.3125
        claude-haiku-4-5       ,  64000 | 1/5/.1/1.25       | batch .5/2.5/.05/.625
        gemini-4-argon         ,1048576 | 2/10/.1           | batch 1/5/.05              | flex =
        gemini-3.8-flash       ,  65536 | .75/3.75/.075     | batch .375/1.875/.0375     | flex =
        gemini-3.7-flash       ,  65536 | .75/3.75/.075     | batch .375/1.875/.0375     | flex =
        gemini-3.6-flash       ,  65536 | .75/3.75/.075     | batch .375/1.875/.0375     | flex =
        gemini-3.5-flash       ,  65535 | 1.5/9/.15         | batch .75/4.5/.075         | flex =
        gemini-3.5-flash-lite  ,  65536 | .3/2.5/.03        | batch .15/1.25/.015        | flex =
        gemini-3.1-pro-preview ,  65536 | 2/12/.2           | batch 1/6                  | flex = | > 200000 4/18/.4
        gemini-3.1-flash-lite  ,  65536 | .25/1.5/.025      | batch .125/.75/.0125       | flex =
        gemini-2.5-pro         ,  65535 | 1.25/10/.125      | batch .625/5               | flex .625/5/.125 | > 200000 2.5/15/.25
        gemini-2.5-flash       ,  65535 | .3/2.5/.03        | batch .15/1.25             | flex .15/1.25/.03
        gemini-2.5-flash-lite  ,  65535 | .1/.4/.01         | batch .05/.2               | flex .05/.2/.01
        grok-4.7               , 500000 | 2/6/.5            | > 200000 4/12/1
        grok-4.3               ,1000000 | 1.25/2.5/.2       | batch 1/2/.16              | > 200000 2.5/5/.4 | batch 2/4/.32
        mistral-large-4        ,      - | .68/2.09/.068
        mistral-medium-3-5     , 262144 | 1.5/7.5/.15
        mistral-small-latest   , 262144 | .15/.6/.015
        deepseek-v4-pro        , 393216 | 1.32/3.96/.044
        deepseek-v4-flash      , 393216 | .3/1.2/.006
        kimi-k3                ,1048576 | 3/15/.3
        glm-5.3                , 128000 | 1.4/4.4/.26
        qwen3.8-max            , 131072 | 2/6/.25
        qwen3.8-flash          , 131072 | .15/.47/.016/.2
        groq/gpt-oss-120b      ,  65536 | .15/.6/.075
        groq/gpt-oss-20b       ,  65536 | .075/.3/.0375
        nova-pro               ,  10000 | .8/3.2/.2         | batch .4/1.6               | flex .4/1.6/.1
        nova-2-lite            ,  64000 | .3/2.5/.075       | batch .15/1.25
        nova-micro             ,  10000 | .035/.14/.00875   | batch .0175/.07
        command-a-03-2025      ,   8000 | 2.5/10
        """
}
