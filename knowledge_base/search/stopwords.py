"""Words that say nothing about the need: grammar, and what people write around a question in a chat."""

from __future__ import annotations

_WORDS = """
abend aber acht aehm alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anders
anfrage angeblich anrufen ansonsten ansprechpartner ansprechpartnerin ansprechperson art auch auf aufs aus ausserdem
bald bei beim beispiel beispielsweise bekomm bekomme bekommen bekommt bereits bescheid besser beste besten bevor bin
bis bist bitte bleibe bleiben bleibt blieb bloss brauch brauche brauchen braucht bzw circa da dabei dadurch dafuer
dagegen daher dahin damals damen damit danach daneben dank danke dankeschoen dann daran darauf daraus darf darfst
darin darueber darum darunter das dass dasselbe dauern dauert davon davor dazu dazwischen dein deine deinem deinen
deiner dem den denen denke denken denn der deren derzeit des deshalb dessen desto die dies diese diesem diesen
dieser dieses ding dinge dingen dingsda doch dort drei drin dringend du duerfen durch eben echt eigen eigene eigenem
eigenen eigener eigenes eigentlich ein eine einem einen einer eines einfach einige einiges einmal elf er erste
ersten erster erstes erzaehlen es etc etwa etwas euch euer eure eurem euren eurer faellt fall falle fallen falls
fiel find finde finden findet frag frage fragen freundlichen fuenf fuer fuers gab ganz gar gebe geben gebraucht
gedacht geehrte geehrter gegen gehen gehoert geht gekommen gelten genau genauer geplant gerade gern gerne gesagt
gibt gibts gilt gleich gross grosse grossen grosser grosses gruesse gruessen gruss gut gute guten guter gutes hab
habe haben habt haelt haette haetten hallo halt halte halten ham hast hat hatte hatten heisse heissen heisst heissts
helfen herren heute hey hi hier hilf hilfe hilft hin hinter hoeren hoffe ich ihm ihn ihnen ihr ihre ihrem ihren
ihrer im immer in indem infolge ins insgesamt interesse interessiere irgend irgendein irgendeine irgendwas
irgendwelche irgendwie irgendwo ist ja jahr jahre jahren je jede jedem jeden jeder jedes jedoch jemand jene jetzt
jeweils kam kann kannst kaum kein keine keinem keinen keiner keines kenne klappen klappt klein kleine kleinem
kleinen kleiner kleines knapp koennen koennt koennte koennten komme kommen kommt kontakt kontakte krieg kriege
kriegen kriegt kurz laenger laesst laeuft lange lasse lassen laufe laufen letzte letzten letztes lg liebe lieber
lief lohnt los mach mache machen macht mag mal man manche mehr mein meine meinem meinen meiner meint mfg mich mir
mit moechte moechten moegen moin momentan monat monate monaten morgen muessen muss musste nach nachdem naechste ne
nehme nehmen nein nem nen ner neu neue neuem neuen neuer neues neun nicht nichts nie niemand nimmt nix noch nochmal
nun nur ob obwohl oder ohne ok okay paar passend passende per plane planen rund sache sachen sag sagen sagt sagte
schnell schoen schon sechs sehen sehr sein seine seinem seinen seiner seit seitdem selber selbst servus setzen setzt
sich sie sieben sind so sobald sodass sogar solch solche solchen solcher soll sollen sollte sollten sondern sonst
sowas soweit sowie statt steckt stehe stehen steht stelle stellen stellt stimmt suche suchen sucht super tach tag
tage tagen thema trotz tun tut ueber ueberhaupt uebers um ums und ungefaehr uns unser unsere unserem unseren unserer
unter usw versuche versuchen viel viele vielen vielleicht vier vom von vor voraus vorhin waehrend waere waeren waers
wann war waren warum was weg wegen weil weise weiss weisst weiter weiterhin welche welchem welchen welcher welches
wem wen wenden wenig weniger wenn wer werde werden weshalb wessen weswegen wie wieder wieso wieviel will willst wir
wird wirklich wissen wo wobei woche wochen wodurch wofuer woher wohin wohl wollen wolln wollte wollten womit woran
worden worum wovon wozu wuensche wuerde wuerden wurde wurden zehn ziemlich zu zuerst zum zur zurueck zusaetzlich
zusammen zustaendig zustaendige zustaendigen zwar zwei zweite zweiten zwischen zwoelf
"""

STOPWORDS = frozenset(_WORDS.split())
"""All of them, folded."""
