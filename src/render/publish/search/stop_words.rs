//! Words of questions that say nothing of what is asked, by language.

/// The words by the first part of the code of their language. A language without a row has none.
static WORDS: &[(&str, &str)] = &[
    (
        "cs",
        "a aby ale ani ano bez být byl co či do já jak jako je jeho její jejich jen ještě jsem jsou k kde kdo když která které který ke má mám mít mohu můj můžu na nebo není o od pod podle pro proč při s se si tak také tato ten tento to tu u už v ve z za ze že",
    ),
    (
        "da",
        "af alle at da de den der deres det dette du eller en end er et for fra få har hvad hvem hvilken hvilke hvor hvordan hvorfor hvornår i ikke jeg kan man med men mig min mit mine når og om op på skal som så til ud var vi vil være",
    ),
    (
        "de",
        "aber alle als also am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es etwas für gibt habe haben hat ich ihr im in ist kann kein keine können könnte man mein meine meinem meinen meiner mich mir mit muss nach nicht noch nur ob oder ohne sein sich sie sind so soll über um und uns unter vom von vor wann warum was wenn wer werden wie wieso wir wird wo wozu zu zum zur",
    ),
    (
        "el",
        "αν από αυτό για δεν είναι ένα ένας η θα και με μου να ο οι όταν ότι που ποια ποιο ποιος πότε πού προς πώς σε στα στη στην στο στον τα τη την της τι το τον του των ως",
    ),
    (
        "en",
        "a about all am an and any are as at be been but by can could did do does doing for from had has have how i if in into is it its just may me might must my no not of on one or our shall should so some than that the their them then there these they this to too up us was we were what when where which who whom whose why will with would you your",
    ),
    (
        "es",
        "a al algo ante antes como cómo con cual cuál cuando cuándo de del desde donde dónde el ella en entre es esa ese eso esta está estas este esto estos hay la las le lo los más me mi mis muy no nos o para pero por porque puede puedo que qué quien quién se ser si sí sin sobre son su sus también te tengo tiene tu un una uno unos y ya yo",
    ),
    (
        "fi",
        "ei että he hän ja jos joka jotka kanssa kuin kuinka kun kuka me mikä miksi millä milloin minä minun missä miten mitä mutta myös ne nämä niin ole olen olla on saa se sen sitä tai tämä tämän te vai voi voin voiko",
    ),
    (
        "fr",
        "à ai as au aux avec avoir c ce ces cet cette comment d dans de des du elle en est et être eu il ils j je l la le les leur lui m ma mais me mes moi mon n ne nos notre nous on ont ou où par pas peut peux plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sur ta te tes ton tu un une vos votre vous y",
    ),
    (
        "hu",
        "a az azt be de egy el ez ezt fel hogy hogyan hol honnan ha én és illetve is kell ki le lehet legyen meg mert mi miért mikor milyen mint mit még nem nincs meg után vagy van volt",
    ),
    (
        "id",
        "ada adalah agar apa apakah atau bagaimana bagi bahwa bisa dan dapat dari dengan di dimana harus ini itu jika juga kapan karena ke kenapa ketika kita mana mengapa oleh pada saat saya sebagai siapa tidak untuk yang",
    ),
    (
        "it",
        "a ad agli ai al alla alle anche c che chi ci come con cosa da dal dalla dei del della delle di do dove e è ed era essere gli ha ho i il in io l la le lo ma mi mia mio nei nel nella non o per perché più posso può quale quali quando quanto questa questo se sei si sia sono su sua sul sulla suo tra un una uno",
    ),
    (
        "nb",
        "av alle at da de den der det dette du eller en enn er et for fra få har hva hvem hvilken hvilke hvor hvordan hvorfor i ikke jeg kan man med men meg min mitt mine når og om opp på skal som så til ut var vi vil være",
    ),
    (
        "nl",
        "aan al als bij dan dat de der deze die dit doe doen door een en er geen had heb hebben heeft het hoe hun ik in is ja je kan kunnen maar me mee met mij mijn moet naar niet nog nu of om onder ons ook op over te tegen toch tot u uit uw van veel voor waar waarom wanneer wat we wel welk welke werd wie wij worden wordt zal ze zich zijn zo zonder",
    ),
    (
        "pl",
        "a aby albo ale bez być czy co dla do gdy gdzie i ich ile jak jaki jakie jako jest jeśli już kiedy kto która które który mam mi mieć mogę mój może można na nad nie o od po pod przez przy są się ta tak tam te tego ten to tu tylko u w we z za ze że",
    ),
    (
        "pt",
        "a ao aos as até com como da das de dela dele do dos e ela ele em entre era essa esse esta está este eu foi há isso isto já lhe mais mas me meu meus minha muito na não nas nem no nos o onde os ou para pela pelo pode por porque posso qual quais quando que quem se sem ser seu sua são só também te tem ter um uma você",
    ),
    (
        "ro",
        "a ai al ale am ar are asta această acest ca că când care ce cel cine cu cum da dacă de deci din după e ea ei el este eu fi fie i îmi în între la mai mea meu nu o ori pe pentru poate pot prin sa să sau se și sunt un una unde unei unui",
    ),
    (
        "ru",
        "а без бы был быть в вам вас весь во вот все вы где да для до его ее если есть еще же за и из или им их к как какая какие какой ко когда кто ли меня мне мой можно мы на над надо не нет ни но о об он она они от по под при про с со так такой там то того тоже только ты у уже чем что чтобы эта эти это этот я",
    ),
    (
        "sv",
        "alla att av de den deras det detta du där eller en ett får för från går ha har hur hos i inte jag kan kunna man med men mig min mina mitt måste när och om på sin ska som så till upp ut vad var varför vem vi vid vilka vilken vilket vill är",
    ),
    (
        "tr",
        "acaba ama bana ben beni benim bir biz bu bunu çok da daha de diye en gibi hangi hem hiç için ile ise ki kim kime mı mi mu mü nasıl ne neden nedir nerede nereye niçin niye o olan olarak olur ona şu ve veya ya",
    ),
    (
        "uk",
        "а або але без би бути в вам вас ви від все де до для є за з зі і із й його її їх коли кто мені мене мій можна ми на над не немає ні о об он про по при та так такий там те ти то тобі тільки у хто це цей ця чи чому що щоб я як яка які який",
    ),
];

/// The stop words of a language.
pub(super) fn of(language: &str) -> Vec<&'static str> {
    let code = language.split(['-', '_']).next().unwrap_or(language).to_ascii_lowercase();
    let row = WORDS.iter().find(|(own, _)| *own == code);
    row.map_or_else(Vec::new, |(_, words)| words.split(' ').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_the_first_part_of_its_code() {
        assert!(of("en-GB").contains(&"how") && of("pt-BR").contains(&"como"));
        assert_eq!(of("DE"), of("de"));
        assert!(of("ja").is_empty() && of("").is_empty());
    }

    #[test]
    fn every_word_is_one_word_in_small_letters() {
        for (code, words) in WORDS {
            for word in words.split(' ') {
                assert!(
                    !word.is_empty() && word.chars().all(char::is_alphabetic),
                    "{code}: {word}"
                );
                assert_eq!(word, word.to_lowercase(), "{code}");
            }
        }
    }
}
