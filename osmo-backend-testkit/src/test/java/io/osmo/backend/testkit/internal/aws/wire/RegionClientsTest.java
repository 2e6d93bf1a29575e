// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.internal.aws.AwsTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class RegionClientsTest extends AwsTest {
    @Test
    void faults_strike_by_rule() {
        aws.faults().onCall("ec2:CreateVpc").nth(2).loseResponse();
        aws.faults().onCall("ec2:Delete*").times(1).throttle();
        aws.faults().onCall("ec2:CreateSubnet").deny();
        String vpc = vpc();

        assertThatThrownBy(this::vpc).isInstanceOf(SdkClientException.class);
        assertThat(aws.inventory()).hasSize(2);
        refused("RequestLimitExceeded", () -> ec2.deleteVpc(r -> r.vpcId(vpc)));
        ec2.deleteVpc(r -> r.vpcId(vpc));
        refused("UnauthorizedOperation", () -> subnet("vpc-0", "10.0.0.0/24", REGION + "a"));
        aws.faults().onCall("ec2:DescribeVpcs").crashBefore();
        assertThatThrownBy(() -> ec2.describeVpcs()).isInstanceOf(VirtualTime.SimulatedCrash.class);
    }

    @Test
    void what_is_not_emulated_says_so() {
        assertThatThrownBy(() -> ec2.runInstances(r -> r.minCount(1).maxCount(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasStackTraceContaining("Ec2Client.runInstances");
    }
}
