// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Every service refuses the tags that AWS refuses. */
class TagRulesTest extends AwsTest {
    @Test
    void keys_of_aws_are_refused_in_whatever_case() {
        String vpc = vpc();
        refused(
                "InvalidParameterValue",
                () -> ec2.createTags(r -> r.resources(vpc).tags(tag("Aws:a"))));
        refused(
                "InvalidInput",
                () -> clients.iam()
                        .createRole(r -> r.roleName("r")
                                .assumeRolePolicyDocument("{\"Statement\":[]}")
                                .tags(t -> t.key("AWS:a").value("b"))));
        refused(
                "TagException",
                () -> clients.kms().createKey(r -> r.tags(t -> t.tagKey("aws:a").tagValue("b"))));
        refused(
                "InvalidParameterValueException",
                () -> clients.backup()
                        .createBackupVault(r -> r.backupVaultName("vault").backupVaultTags(Map.of("aws:a", "b"))));
    }

    @Test
    void iam_takes_keys_that_differ_in_case_for_one() {
        refused(
                "InvalidInput",
                () -> clients.iam()
                        .createRole(r -> r.roleName("r")
                                .assumeRolePolicyDocument("{\"Statement\":[]}")
                                .tags(
                                        t -> t.key("Owner").value("b"),
                                        t -> t.key("owner").value("b"))));
    }

    @Test
    void a_resource_has_50_tags_at_most() {
        String vpc = vpc();
        List<Tag> fifty = IntStream.range(0, 50).mapToObj(i -> tag("t" + i)).toList();
        ec2.createTags(r -> r.resources(vpc).tags(fifty));
        refused("TagLimitExceeded", () -> ec2.createTags(r -> r.resources(vpc).tags(tag("more"))));
    }

    private static Tag tag(String key) {
        return Tag.builder().key(key).value("x").build();
    }
}
