package dev.yagura.finding.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.yagura.finding.catalogue.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The files in samples/ are what the product would print; written anew with -Ddocs.write=true. */
class SampleFilesTest {
  private static final Path FOLDER = Path.of("../samples");
  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put("ec2-malware-domain", "Trojan:EC2/DGADomainRequest.C!DNS");
    FILES.put("ec2-port-probe", "Recon:EC2/PortProbeUnprotectedPort");
    FILES.put(
        "iam-stolen-credentials",
        "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS");
    FILES.put("iam-unusual-secrets", "CredentialAccess:IAMUser/AnomalousBehavior");
    FILES.put("s3-unusual-reads", "Exfiltration:S3/AnomalousBehavior");
    FILES.put("eks-anonymous-access", "CredentialAccess:Kubernetes/SuccessfulAnonymousAccess");
    FILES.put("rds-brute-force", "CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce");
    FILES.put("lambda-command-and-control", "Backdoor:Lambda/C&CActivity.B");
    FILES.put("runtime-crypto-miner", "Impact:Runtime/CryptoMinerExecuted");
    FILES.put("malware-on-disk", "Execution:EC2/MaliciousFile");
    FILES.put("attack-sequence-s3", "AttackSequence:S3/CompromisedData");
  }

  @TestFactory
  Stream<DynamicTest> every_sample_file_is_up_to_date() {
    Samples samples = new Samples(Catalogue.load());
    var json = new ObjectMapper().writerWithDefaultPrettyPrinter();
    return FILES.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Path file = FOLDER.resolve(entry.getKey() + ".json");
                      String wanted =
                          json.writeValueAsString(samples.event(entry.getValue())) + "\n";
                      if (Boolean.getBoolean("docs.write")) {
                        Files.writeString(file, wanted);
                      }
                      assertThat(file).content().isEqualTo(wanted);
                    }));
  }
}
