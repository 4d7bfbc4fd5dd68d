/**
 * Sentences of worksheets in other languages than English, made up for the measurement. `#` stands for a short formula, `@` for a
 * letter. The last list has introductions of displayed formulas.
 */
type Sentences = { readonly openings: readonly string[]; readonly introductions: readonly string[] }

const list = (text: string) => text.trim().split('\n')

export const foreignSentences = {
  deu: {
    openings: list(`
Löse die Gleichung # für jede reelle Zahl @.
Die Funktion ist stetig und der Graph geht durch den Punkt.
Bestimme die Ableitung von # nach der Variablen @.
Da # gerade ist, liegt der Graph symmetrisch zur Achse.
Zeige, dass # für große Werte gegen null strebt.
Wir schreiben # für die Menge aller solchen Zahlen.
Das Volumen des Körpers beträgt #, gemessen in Kubikmetern.
Überlege zuerst, warum die Lösung nicht eindeutig sein kann.
Zwei Schüler würfeln gleichzeitig und zählen ihre Punkte.
Daraus folgt # und der Beweis ist vollständig.
`),
    introductions: list(`
Betrachte die folgende Gleichung:
Durch Umformen erhalten wir
Vereinfache den Ausdruck so weit wie möglich.
`),
  },
  fra: {
    openings: list(`
Résoudre l'équation # pour tout nombre réel @.
La fonction est continue et sa courbe passe par ce point.
Calculer la dérivée de # par rapport à la variable @.
Comme # est positif, la suite reste croissante.
Montrer que # lorsque le terme général tend vers zéro.
On note # l'ensemble de tous les entiers pairs.
Le volume de la boîte est égal à #, exprimé en mètres cubes.
Expliquer avec vos propres mots pourquoi la limite n'existe pas.
Chaque élève lance deux dés et additionne les résultats.
On en déduit # et la démonstration est terminée.
`),
    introductions: list(`
Considérons l'équation suivante :
Après simplification, nous obtenons
Développer puis réduire cette expression.
`),
  },
  spa: {
    openings: list(`
Resuelve la ecuación # para cada número real @.
La función es continua y su gráfica pasa por el punto medio.
Halla la derivada de # con respecto a la variable @.
Como # es positivo, la sucesión resulta creciente.
Demuestra que # cuando el término general tiende a cero.
Se escribe # para el conjunto de todos los números pares.
El volumen de la caja es #, medido en metros cúbicos.
Explica con tus propias palabras por qué no existe el límite.
Cada niño lanza dos dados y suma los puntos obtenidos.
De aquí se deduce # y termina la demostración.
`),
    introductions: list(`
Considera la siguiente ecuación:
Después de simplificar se obtiene
Calcula el valor exacto de la expresión.
`),
  },
  por: {
    openings: list(`
Resolva a equação # para cada número real @.
A função é contínua e o gráfico não passa pela origem.
Calcule a derivada de # em relação à variável @.
Como # é positivo, a sucessão também é crescente.
Mostre que # quando o termo geral tende para zero.
Escrevemos # para o conjunto de todos os números pares.
O volume da caixa é igual a #, medido em metros cúbicos.
Explique com suas próprias palavras por que não há solução.
Cada aluno lança dois dados e soma os pontos obtidos.
Segue daí # e a demonstração está completa.
`),
    introductions: list(`
Considere a seguinte equação:
Depois da simplificação obtemos
Encontre o valor exato da expressão.
`),
  },
  ita: {
    openings: list(`
Risolvi l'equazione # per ogni numero reale @.
La funzione è continua e il suo grafico passa per il punto.
Calcola la derivata di # rispetto alla variabile @.
Poiché # è positivo, la successione risulta crescente.
Dimostra che # quando il termine generale tende a zero.
Si scrive # per l'insieme di tutti i numeri pari.
Il volume della scatola è uguale a #, misurato in metri cubi.
Spiega con parole tue perché il limite non può esistere.
Ogni ragazzo lancia due dadi e somma i punti ottenuti.
Ne segue # e la dimostrazione è conclusa.
`),
    introductions: list(`
Consideriamo la seguente equazione:
Dopo la semplificazione si ottiene
Trova il valore esatto di questa espressione.
`),
  },
  vie: {
    openings: list(`
Giải phương trình # với mọi số thực @.
Hàm số liên tục và đồ thị của nó đi qua điểm này.
Tính đạo hàm của # theo biến số @.
Vì # là số dương nên dãy số đã cho luôn tăng.
Chứng minh rằng # khi số hạng tổng quát tiến về không.
Ta kí hiệu # là tập hợp tất cả các số chẵn.
Thể tích của chiếc hộp bằng #, đo bằng mét khối.
Hãy giải thích vì sao giới hạn đó không tồn tại.
Mỗi học sinh gieo hai con xúc xắc rồi cộng số điểm.
Từ đó suy ra # và ta có điều phải chứng minh.
`),
    introductions: list(`
Xét phương trình sau đây:
Sau khi rút gọn ta được
Tìm giá trị chính xác của biểu thức.
`),
  },
  rus: {
    openings: list(`
Решите уравнение # для любого числа @.
Функция непрерывна, и её график проходит через данную точку.
Найдите производную от # по переменной @.
Так как # положительно, последовательность возрастает.
Докажите, что # при достаточно больших значениях.
Обозначим через # множество всех чётных чисел.
Объём коробки равен #, если измерять его в кубических метрах.
Объясните своими словами, почему предел не существует.
Каждый ученик бросает две кости и складывает очки.
Отсюда следует # и доказательство закончено.
`),
    introductions: list(`
Рассмотрим следующее уравнение:
После упрощения получаем
Вычислите точное значение выражения.
`),
  },
  chi_sim: {
    openings: list(`
对于任意实数@，求解方程#。
这个函数是连续的，它的图像经过原点。
求#关于变量@的导数。
因为#是正数，所以这个数列单调递增。
证明当通项趋于零时#成立。
我们用#表示所有偶数的集合。
这个盒子的体积等于#，单位是立方米。
请用自己的话说明为什么极限不存在。
每个学生掷两个骰子，然后把点数加起来。
由此可得#，证明完毕。
`),
    introductions: list(`
考虑下面的方程：
化简以后我们得到
求下列表达式的精确值。
`),
  },
  jpn: {
    openings: list(`
すべての実数@について方程式#を解きなさい。
この関数は連続であり、グラフは原点を通ります。
変数@に関して#の導関数を求めなさい。
#は正の数なので、この数列は単調に増加します。
一般項がゼロに近づくとき#を証明しなさい。
すべての偶数の集合を#と書くことにします。
箱の体積は#であり、単位は立方メートルです。
極限が存在しない理由を自分の言葉で説明しなさい。
生徒はさいころを二つ投げて、目の数を足します。
したがって#となり、証明が終わります。
`),
    introductions: list(`
次の方程式を考えます。
整理すると次のようになります。
次の式の正確な値を求めなさい。
`),
  },
  ell: {
    openings: list(`
Να λύσετε την εξίσωση # για κάθε πραγματικό αριθμό @.
Η συνάρτηση είναι συνεχής και η γραφική παράσταση διέρχεται από το σημείο.
Να βρείτε την παράγωγο της # ως προς τη μεταβλητή @.
Επειδή # είναι θετικό, η ακολουθία είναι αύξουσα.
Να αποδείξετε ότι # όταν ο γενικός όρος τείνει στο μηδέν.
Γράφουμε # για το σύνολο όλων των άρτιων αριθμών.
Ο όγκος του κουτιού ισούται με #, σε κυβικά μέτρα.
Κάθε μαθητής ρίχνει δύο ζάρια και προσθέτει τους πόντους.
Άρα # και η απόδειξη ολοκληρώθηκε.
`),
    introductions: list(`
Θεωρούμε την παρακάτω εξίσωση:
Μετά την απλοποίηση προκύπτει
Να υπολογίσετε την τιμή της παράστασης.
`),
  },
} as const satisfies Readonly<Record<string, Sentences>>

export type ForeignLanguage = keyof typeof foreignSentences
