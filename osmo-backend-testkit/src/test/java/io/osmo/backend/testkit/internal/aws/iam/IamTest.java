// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.iam;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.testkit.internal.aws.AwsTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;

class IamTest extends AwsTest {
    @Test
    void a_role_is_not_assumable_at_once_and_not_deletable_with_policies() {
        String vpc = vpc();
        List<String> subnets =
                List.of(subnet(vpc, "10.0.0.0/20", REGION + "a"), subnet(vpc, "10.0.16.0/20", REGION + "b"));
        String role = role("young", "eks.amazonaws.com", "AmazonEKSClusterPolicy");

        assertThatThrownBy(() ->
                        eks.createCluster(r -> r.name("c").roleArn(role).resourcesVpcConfig(v -> v.subnetIds(subnets))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("could not be assumed");
        assertThatThrownBy(() -> clients.iam().deleteRole(r -> r.roleName("young")))
                .isInstanceOf(DeleteConflictException.class);
    }
}
