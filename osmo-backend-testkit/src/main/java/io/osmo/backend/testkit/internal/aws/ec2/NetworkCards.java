// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes.InstanceTypeFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.NetworkCardInfo;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/**
 * Network cards of instance types, and which interfaces they take.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html">EC2: instances with multiple network
 *     cards</a>
 */
public final class NetworkCards {
    private NetworkCards() {}

    /** The newest types have a first card without EFA in addition to those that have it. */
    private static boolean isFirstWithoutEfa(InstanceTypeFacts type) {
        return type.name().startsWith("p6-b300.");
    }

    static List<NetworkCardInfo> of(InstanceTypeFacts type) {
        boolean without = isFirstWithoutEfa(type);
        return IntStream.range(0, Math.max(1, type.efaInterfaces() + (without ? 1 : 0)))
                .mapToObj(index -> NetworkCardInfo.builder()
                        .networkCardIndex(index)
                        .maximumNetworkInterfaces(index == 0 ? type.interfaces() : without ? 1 : 2)
                        .build())
                .toList();
    }

    /** Why an instance cannot have the interfaces of a launch template. */
    public static Optional<String> objection(InstanceTypeFacts type, ResponseLaunchTemplateData template) {
        List<NetworkCardInfo> cards = of(type);
        int adapters = 0;
        for (LaunchTemplateInstanceNetworkInterfaceSpecification each : template.networkInterfaces()) {
            int card = each.networkCardIndex() == null ? 0 : each.networkCardIndex();
            int device = each.deviceIndex() == null ? 0 : each.deviceIndex();
            boolean efa = each.interfaceType() != null && each.interfaceType().startsWith("efa");
            adapters += efa ? 1 : 0;
            if (card >= cards.size()) {
                return Optional.of("Network card index " + card + " is not available on " + type.name() + ".");
            }
            if (device >= cards.get(card).maximumNetworkInterfaces()) {
                return Optional.of("Device index " + device + " exceeds the limit of network card " + card + " of "
                        + type.name() + ".");
            }
            if (efa
                    && card == 0
                    && (isFirstWithoutEfa(type) || "efa-only".equals(each.interfaceType()) && device == 0)) {
                return Optional.of("Interface type '" + each.interfaceType()
                        + "' is not supported on network card 0, device index " + device + " of " + type.name() + ".");
            }
        }
        return adapters > type.efaInterfaces()
                ? Optional.of("EFA interfaces count " + adapters + " exceeds allowed limit for " + type.name() + ".")
                : Optional.empty();
    }
}
