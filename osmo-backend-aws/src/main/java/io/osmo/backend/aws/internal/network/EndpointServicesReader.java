// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Partition;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointServicesResponse;
import software.amazon.awssdk.services.ec2.model.ServiceDetail;

/** Reads the names of endpoint services, in partitions where they follow no rule. */
final class EndpointServicesReader implements Reader<AwsContext> {
    static final Reader<AwsContext> INSTANCE = new EndpointServicesReader();

    private EndpointServicesReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        boolean asked = spec.filter(wanted -> wanted.network().existingId().isEmpty()
                        && !Partition.hasUniformEndpointServices(wanted.region()))
                .isPresent();
        return asked ? Needs.reading("ec2:DescribeVpcEndpointServices") : Needs.NONE;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        boolean wanted = observation
                .spec()
                .filter(spec -> spec.network().existingId().isEmpty())
                .isPresent();
        if (!wanted || Partition.hasUniformEndpointServices(context.region())) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return context.cache()
                .get("endpoint-services", EndpointServices.class, () -> services(context))
                .thenApply(services -> Reading.attachment(EndpointServices.class, services));
    }

    private static CompletableFuture<EndpointServices> services(AwsContext context) {
        return context.async("ec2:DescribeVpcEndpointServices", () -> all(context));
    }

    /** The SDK has no paginator for this call. */
    private static EndpointServices all(AwsContext context) {
        List<ServiceDetail> all = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            DescribeVpcEndpointServicesResponse page =
                    context.ec2().describeVpcEndpointServices(r -> r.nextToken(token));
            all.addAll(page.serviceDetails());
            next = page.nextToken();
        } while (next != null && !next.isEmpty());
        return new EndpointServices(all);
    }
}
