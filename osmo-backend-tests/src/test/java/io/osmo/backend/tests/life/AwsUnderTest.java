// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Emulated AWS. */
final class AwsUnderTest implements CloudUnderTest {
    static final CloudFacts FACTS = new CloudFacts(
            "aws",
            Instant.parse("2026-06-01T00:00:00Z"),
            "us-west-2",
            "eu-west-1",
            List.of("m7i.xlarge", "m6i.xlarge", "m5.xlarge"),
            "g6.xlarge",
            List.of("1.33", "1.34", "1.35"),
            List.of("us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"),
            List.of("arn:aws:iam::123456789012:role/Admin", "arn:aws:iam::123456789012:role/Ops"));

    private static final Set<String> ENDS_DATA = Set.of(
            "kms:ScheduleKeyDeletion",
            "kms:DisableKey",
            "backup:DeleteBackupVault",
            "backup:DeleteRecoveryPoint",
            "ec2:DeleteVolume");

    private final EmulatedAws aws;

    AwsUnderTest(VirtualTime time, CallInspector inspector) {
        this.aws = EmulatedAws.builder(time)
                .inspector(inspector)
                .principal("role/Admin")
                .principal("role/Ops")
                .quota("L-F678F1CE", 50)
                .quota("L-0263D0A3", 50)
                .quota("L-A4707A72", 50)
                .quota("L-1216C47A", 10_000)
                .build();
    }

    @Override
    public CloudFacts facts() {
        return FACTS;
    }

    @Override
    public EmulatedCloud cloud() {
        return aws;
    }

    private AwsClients clients(String region) {
        return aws.open(region, EksSettings.defaults());
    }

    @Override
    public Map<String, Object> account() {
        Map<String, Object> all = new TreeMap<>();
        AwsAccountText.global(clients(FACTS.region()), all);
        for (String region : List.of(FACTS.region(), FACTS.otherRegion())) {
            AwsAccountText.region(region, clients(region), aws, all);
        }
        return all;
    }

    @Override
    public void plantObjects(String backend) {
        AwsClients c = clients(FACTS.region());
        String shorter = backend.substring(0, backend.indexOf('-'));
        c.iam()
                .createRole(r -> r.roleName("osmo-" + shorter)
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
        String key = c.kms()
                .createKey(r -> r.description("osmo " + shorter))
                .keyMetadata()
                .keyId();
        c.kms().createAlias(r -> r.aliasName("alias/osmo-" + backend + "-data").targetKeyId(key));
        c.ec2().createVpc(r -> r.cidrBlock("10.0.0.0/16"));
        aws.plantVolume(FACTS.region(), shorter, "claim");
        aws.plantVolume(FACTS.region(), backend + "-2", "claim");
        aws.plantVolume(FACTS.otherRegion(), backend, "claim");
    }

    @Override
    public boolean endsData(Call call) {
        return ENDS_DATA.contains(call.operation());
    }

    @Override
    public boolean mayRemain(String id, String text) {
        return text.contains("PendingDeletion")
                || text.startsWith("kms-key ") && text.contains("scheduled for deletion");
    }

    @Override
    public List<ByHand> byHand() {
        return new AwsByHand(clients(FACTS.region())).all();
    }

    @Override
    public void close() {
        aws.close();
    }
}
