// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsErrorTable;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.LastError;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/**
 * A private way to one of AWS's own services. S3 is reached by a gateway in the route tables, which costs nothing; the others
 * by interfaces in the private subnets.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html">EKS: private clusters</a>
 */
public final class ServiceEndpoint extends Ec2Resource<VpcEndpoint> {
    static final String KIND = "vpc-endpoint";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("ec2:DescribeVpcEndpoints")
            .create("ec2:CreateVpcEndpoint", "ec2:CreateTags")
            .update("ec2:ModifyVpcEndpoint", "ec2:CreateTags")
            .delete("ec2:DeleteVpcEndpoints");

    /** What interface endpoints need in addition: they have a private zone, which EC2 associates on behalf of the caller. */
    static final Needs PRIVATE = Needs.of(KIND).create("route53:AssociateVPCWithHostedZone");

    static final String S3 = "s3";
    /** What nodes of a cluster without a way to the internet have to reach. */
    static final List<String> INTERFACES = List.of(
            "ecr.api", "ecr.dkr", "ec2", "sts", "eks", "eks-auth", "logs", "autoscaling", "elasticloadbalancing");

    static final Ec2Kind<VpcEndpoint> ENDPOINTS = new Ec2Kind<>(
                    VpcEndpoint.class,
                    "ec2:DescribeVpcEndpoints",
                    (ec2, filters) -> existing(
                            ec2.describeVpcEndpointsPaginator(r -> r.filters(filters)).vpcEndpoints().stream()),
                    "vpc-endpoint-id",
                    VpcEndpoint::vpcEndpointId,
                    VpcEndpoint::tags)
            .created(VpcEndpoint::creationTimestamp);

    private static final Timing TIMING = new Timing(
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(10),
            Duration.ofMinutes(15));

    private final String service;
    private final String serviceName;
    private final List<ResourceId> places;

    private ServiceEndpoint(
            AwsContext context,
            ResourceId id,
            String service,
            String serviceName,
            List<ResourceId> places,
            ResourceId other,
            @Nullable String known) {
        super(
                context,
                ENDPOINTS,
                id,
                Stream.concat(places.stream(), Stream.of(VpcNetwork.ID, other)).collect(Collectors.toSet()),
                service.equals(S3) ? Timing.quick() : TIMING,
                "private endpoint of " + service,
                Map.of(),
                known);
        this.service = service;
        this.serviceName = serviceName;
        this.places = places;
    }

    /** @param tables route tables of the private subnets */
    static ServiceEndpoint gateway(AwsContext context, String serviceName, List<ResourceId> tables) {
        return new ServiceEndpoint(context, id(S3), S3, serviceName, tables, VpcNetwork.ID, null);
    }

    /** @param subnets private subnets, one in each zone */
    static ServiceEndpoint endpoint(AwsContext context, String service, String serviceName, List<ResourceId> subnets) {
        return new ServiceEndpoint(context, id(service), service, serviceName, subnets, EndpointGroup.ID, null);
    }

    static ServiceEndpoint owned(AwsContext context, ResourceId id, VpcEndpoint observed) {
        String service = id.name().replaceAll("#.*", "");
        return new ServiceEndpoint(
                context, id, service, observed.serviceName(), List.of(), EndpointGroup.ID, observed.vpcEndpointId());
    }

    /** @param used route tables and subnets: EC2 takes its routes out of the ones and its interfaces out of the others */
    ServiceEndpoint in(List<ResourceId> used) {
        return new ServiceEndpoint(context, id(), service, serviceName, used, EndpointGroup.ID, known().orElse(null));
    }

    /** Whether EC2 would refuse ours because of this one: it has a route in these tables, or the private names of the service. */
    static boolean inTheWay(VpcEndpoint endpoint, String service, String region, Set<String> tables) {
        return endpoint.serviceName().endsWith("." + region + "." + service)
                && (service.equals(S3)
                        ? endpoint.routeTableIds().stream().anyMatch(tables::contains)
                        : Boolean.TRUE.equals(endpoint.privateDnsEnabled()));
    }

    static ResourceId id(String service) {
        return ResourceId.of(KIND, service);
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    public Disruption deletionDisruption(VpcEndpoint observed) {
        return readiness(observed).status() == Readiness.Status.READY ? Disruption.OUTAGE : Disruption.NONE;
    }

    /** Not every emulator filters endpoints by their ids. */
    @Override
    public Optional<VpcEndpoint> read(State state) {
        return known().map(id -> context.find(
                                "ec2:DescribeVpcEndpoints",
                                () -> context.ec2().describeVpcEndpoints(r -> r.vpcEndpointIds(id)))
                        .flatMap(found ->
                                existing(found.vpcEndpoints().stream()).stream().findFirst()))
                .orElseGet(() -> super.read(state));
    }

    private static List<VpcEndpoint> existing(Stream<VpcEndpoint> endpoints) {
        return endpoints.filter(endpoint -> !state(endpoint).equals("deleted")).toList();
    }

    /** EC2 writes states with and without a capital letter. */
    private static String state(VpcEndpoint endpoint) {
        return endpoint.stateAsString() == null
                ? "available"
                : endpoint.stateAsString().toLowerCase(Locale.ROOT);
    }

    @Override
    public Readiness readiness(VpcEndpoint observed) {
        return switch (state(observed)) {
            case "pending", "pendingacceptance" -> Readiness.pending(state(observed));
            case "deleting" -> Readiness.deleting();
            case "failed", "rejected", "expired" -> failed(observed);
            default -> Readiness.ready();
        };
    }

    /** By EC2's code if it gives one that is known, else by the state. */
    private static Readiness failed(VpcEndpoint observed) {
        String state = state(observed);
        Optional<LastError> error = Optional.ofNullable(observed.lastError());
        String reason = error.map(LastError::message).orElse(state);
        return error.map(LastError::code)
                .map(code -> AwsErrorTable.table().failed(code, code, reason))
                .filter(known -> known.failure().isPresent())
                .orElseGet(() ->
                        AwsErrorTable.table().failed(state, AwsErrorTable.STATE + "vpc-endpoint-" + state, reason));
    }

    private boolean isGateway() {
        return service.equals(S3);
    }

    private Set<String> wanted(State state) {
        Function<ResourceId, Optional<String>> ec2Id = isGateway()
                ? table -> state.find(table, RouteTable.class).map(RouteTable::routeTableId)
                : subnet -> state.find(subnet, Subnet.class).map(Subnet::subnetId);
        return places.stream().flatMap(p -> ec2Id.apply(p).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> placesOf(VpcEndpoint observed) {
        return new TreeSet<>(isGateway() ? observed.routeTableIds() : observed.subnetIds());
    }

    @Override
    public List<FieldChange> compare(VpcEndpoint observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        Set<String> found = placesOf(observed);
        Set<String> wanted = wanted(state);
        if (wanted.size() < places.size() || !found.containsAll(wanted)) {
            changes.add(FieldChange.inPlace(isGateway() ? "routeTableIds" : "subnetIds", found, places));
        }
        changes.addAll(super.compare(observed, state));
        return changes;
    }

    @Override
    public VpcEndpoint create(State state) {
        String vpc = state.require(VpcNetwork.ID, ObservedVpc.class).id();
        Set<String> wanted = wanted(state);
        return context.call(
                        "ec2:CreateVpcEndpoint",
                        () -> context.ec2().createVpcEndpoint(r -> {
                            r.vpcId(vpc).serviceName(serviceName).tagSpecifications(tagged(ResourceType.VPC_ENDPOINT));
                            if (isGateway()) {
                                r.vpcEndpointType(VpcEndpointType.GATEWAY).routeTableIds(wanted);
                            } else {
                                r.vpcEndpointType(VpcEndpointType.INTERFACE)
                                        .subnetIds(wanted)
                                        .privateDnsEnabled(true)
                                        .securityGroupIds(state.require(EndpointGroup.ID, SecurityGroup.class)
                                                .groupId());
                            }
                        }))
                .vpcEndpoint();
    }

    @Override
    public void update(VpcEndpoint observed, List<FieldChange> changes, State state) {
        if (!changes.get(0).field().endsWith("Ids")) {
            super.update(observed, changes, state);
            return;
        }
        Set<String> missing = new TreeSet<>(wanted(state));
        missing.removeAll(placesOf(observed));
        context.call(
                "ec2:ModifyVpcEndpoint",
                () -> context.ec2().modifyVpcEndpoint(r -> {
                    r.vpcEndpointId(observed.vpcEndpointId());
                    if (isGateway()) {
                        r.addRouteTableIds(missing);
                    } else {
                        r.addSubnetIds(missing);
                    }
                }));
    }

    @Override
    public void delete(VpcEndpoint observed, State state) {
        List<UnsuccessfulItem> refused = context.call(
                        "ec2:DeleteVpcEndpoints",
                        () -> context.ec2().deleteVpcEndpoints(r -> r.vpcEndpointIds(observed.vpcEndpointId())))
                .unsuccessful();
        // This call answers 200 and lists its failures in the body.
        for (UnsuccessfulItem item : refused) {
            String code = item.error().code();
            if (!code.endsWith(".NotFound")) {
                throw CloudException.builder(CloudError.CONFLICT, "ec2:DeleteVpcEndpoints")
                        .code(code)
                        .message(item.error().message())
                        .remedy("Look at " + observed.vpcEndpointId() + " in the VPC console, then destroy again.")
                        .build();
            }
        }
    }
}
