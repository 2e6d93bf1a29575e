// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * A VPC with the attributes that EC2 returns only one by one.
 *
 * @param dnsSupport whether instances can resolve names
 * @param dnsHostnames whether instances get names; private endpoints need it
 */
public record ObservedVpc(Vpc vpc, boolean dnsSupport, boolean dnsHostnames) {
    public String id() {
        return vpc.vpcId();
    }
}
