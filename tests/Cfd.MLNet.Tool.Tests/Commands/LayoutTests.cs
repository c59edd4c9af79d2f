using System.Globalization;
using System.Text;

namespace Cfd.MLNet.Tool.Tests.Commands;

/// <summary>Whole files in the layout of well-known ones, made up, each audited by one command.</summary>
[TestClass]
public sealed class LayoutTests
{
    // The header of ProPublica's compas-scores-two-years.csv, with its two names that stand twice.
    private const string CompasHeader =
        "id,name,first,last,compas_screening_date,sex,dob,age,age_cat,race,juv_fel_count,decile_score,juv_misd_count,juv_other_count,priors_count,days_b_screening_arrest,c_jail_in,c_jail_out," +
        "c_case_number,c_offense_date,c_arrest_date,c_days_from_compas,c_charge_degree,c_charge_desc,is_recid,r_case_number,r_charge_degree,r_days_from_arrest,r_offense_date,r_charge_desc,r_jail_in," +
        "r_jail_out,violent_recid,is_violent_recid,vr_case_number,vr_charge_degree,vr_offense_date,vr_charge_desc,type_of_assessment,decile_score,score_text,screening_date,v_type_of_assessment," +
        "v_decile_score,v_score_text,v_screening_date,in_custody,out_custody,priors_count,start,end,event,two_year_recid";

    [TestMethod]
    public void Compas_IsAuditedByOneCommand()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("compas.csv", Compas(300));
        CommandRun.Audit(file, "--label", "two_year_recid", "--positive", "0", "--protected", "race", "--group", "African-American", "--fill", "--ignore", "event,is_recid").Ends(0).Says(
            "decile_score (column 40)", "priors_count (column 49)", "it is equal in every row", "Column 'name' left out", "Column 'id' left out", "Column 'violent_recid' left out: empty", "not African-American");
    }

    [TestMethod]
    public void Compas_IncompleteRows_AreRefusedWithTheColumnsThatLackMany()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("compas.csv", Compas(300));
        CommandRun.Audit(file, "--label", "two_year_recid", "--positive", "0", "--protected", "race").Ends(1).Says("Columns that lack many", "r_charge_degree", "--fill", "--ignore");
    }

    [TestMethod]
    public void Titanic_SaysWhatIsLeftOutAndWhy()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        var text = new StringBuilder("PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked\n");
        for (int i = 1; i <= 400; i++)
        {
            bool isWoman = random.Next(3) == 0;
            string age = random.Next(5) == 0 ? "" : $"{random.Next(1, 70)}";
            string cabin = random.Next(5) == 0 ? $"C{random.Next(1, 140)}" : "";
            text.Append(CultureInfo.InvariantCulture, $"{i},{(random.Next(10) < (isWoman ? 7 : 3) ? 1 : 0)},{random.Next(1, 4)},\"Surname{i}, {(isWoman ? "Mrs" : "Mr")}. \"\"Nick\"\" Given\",{(isWoman ? "female" : "male")},{age},{random.Next(4)},{random.Next(3)},A/5 {i * 37},{random.Next(500, 9000) / 100.0},{cabin},{"SCQ"[random.Next(3)]}\n");
        }

        CommandRun.Audit(folder.Write("titanic.csv", text.ToString()), "-l", "Survived", "-p", "1", "-a", "Sex").Ends(0).Says(
            "Column 'PassengerId' left out", "Column 'Name' left out", "as names or free text have", "Column 'Ticket' left out", "Column 'Cabin' left out", "are dropped for a missing value; 'Age' lacks most", "positive; after dropping");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void GermanExcelExport_IsReadWithoutAnOption(bool hasMark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var folder = new TemporaryFolder();
        var random = new Random(6);
        var text = new StringBuilder("Geschlecht;Straße;Note;Gehalt;Eintritt;Befördert\r\n");
        for (int i = 0; i < 120; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "männlich" : "weiblich")};Grüne Gasse {i};{random.Next(1, 6)},{random.Next(1, 9)};{random.Next(2, 9)}.{random.Next(100, 999)},50 €;{random.Next(1, 29):00}.{random.Next(1, 13):00}.2015;{(random.Next(2) == 0 ? "ja" : "nein")}\r\n");
        string file = folder.Write("export.csv", text.ToString(), hasMark ? new UTF8Encoding(true) : Encoding.GetEncoding(1252));
        CommandRun.Audit(file, "-l", "Befördert", "-p", "ja", "-a", "Geschlecht").Ends(0).Says(
            "separator ';'", "decimal mark ','", hasMark ? "encoding UTF-8" : "Windows-1252", "Eintritt date", "Column 'Straße' left out", "Features: 3 columns of numbers, 0 of text", "männlich");
    }

    private static string Compas(int rows)
    {
        var random = new Random(4);
        var text = new StringBuilder(CompasHeader).Append('\n');
        string[] races = ["African-American", "Caucasian", "Hispanic", "Other"];
        for (int i = 1; i <= rows; i++)
        {
            bool again = random.Next(2) == 0;
            int decile = random.Next(1, 11), priors = random.Next(15), age = random.Next(19, 70);
            string Date(int year) => $"{year}-{random.Next(1, 13):00}-{random.Next(1, 29):00}";
            string In(string date) => $"{date} {random.Next(24):00}:{random.Next(60):00}:07";
            string[] fields =
            [
                $"{i}", $"name{i} last{i}", $"name{i}", $"last{i}", Date(2013), random.Next(5) == 0 ? "Female" : "Male", Date(2013 - age), $"{age}", age < 25 ? "Less than 25" : age > 45 ? "Greater than 45" : "25 - 45", races[random.Next(4)],
                $"{random.Next(3)}", $"{decile}", $"{random.Next(3)}", $"{random.Next(3)}", $"{priors}", random.Next(20) == 0 ? "" : $"{random.Next(-5, 5)}", In(Date(2013)), In(Date(2013)), $"1300{i}CF10A", Date(2013), random.Next(6) == 0 ? Date(2013) : "",
                $"{random.Next(1, 400)}", random.Next(3) == 0 ? "M" : "F", $"Charge {random.Next(12)}", again ? "1" : "0", again ? $"1400{i}MM" : "", again ? "(M1)" : "", again ? $"{random.Next(1, 90)}" : "", again ? Date(2014) : "", again ? $"Charge {random.Next(12)}" : "",
                again ? Date(2014) : "", again ? Date(2014) : "", "", random.Next(8) == 0 ? "1" : "0", "", "", "", "", "Risk of Recidivism", $"{decile}", decile > 7 ? "High" : decile > 4 ? "Medium" : "Low", Date(2013), "Risk of Violence", $"{random.Next(1, 11)}",
                "Low", Date(2013), Date(2013), Date(2014), $"{priors}", $"{random.Next(100)}", $"{random.Next(100, 900)}", again ? "1" : "0", again ? "1" : "0",
            ];
            text.AppendJoin(',', fields).Append('\n');
        }

        return text.ToString();
    }
}
