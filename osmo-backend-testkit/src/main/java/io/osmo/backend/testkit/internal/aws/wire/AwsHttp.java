// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.internal.aws.wire.EmulatedClient.Target;
import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** The services of an emulated account over HTTP. Requests have to be signed, but signatures are not verified. */
public final class AwsHttp {
    /**
     * How a service is reached.
     *
     * @param prefix of its IAM actions
     */
    private record Service(String prefix, Protocol protocol) {}

    /** By the name that each signs with. */
    private static final Map<String, Service> SERVICES = Map.ofEntries(
            Map.entry("autoscaling", new Service("autoscaling", new Query(false))),
            Map.entry("backup", new Service("backup", new RestJson("MissingParameterValueException"))),
            Map.entry("ec2", new Service("ec2", new Query(true))),
            Map.entry("eks", new Service("eks", new RestJson("InvalidParameterException"))),
            Map.entry("elasticloadbalancing", new Service("elasticloadbalancing", new Query(false))),
            Map.entry("iam", new Service("iam", new Query(false))),
            Map.entry("kms", new Service("kms", new TargetJson())),
            Map.entry("logs", new Service("logs", new TargetJson())),
            Map.entry("pricing", new Service("pricing", new TargetJson())),
            Map.entry("servicequotas", new Service("servicequotas", new TargetJson())),
            Map.entry("ssm", new Service("ssm", new TargetJson())),
            Map.entry("sts", new Service("sts", new Query(false))),
            Map.entry("tagging", new Service("tag", new TargetJson())));

    private static final Protocol BEFORE_SERVICES = new RestJson("");

    private final Function<String, RegionClients> regions;

    /** @param regions the clients of a region; refuses one of another partition */
    public AwsHttp(Function<String, RegionClients> regions) {
        this.regions = regions;
    }

    /** Prefixes of the IAM actions of all services that are reached. */
    static Set<String> prefixes() {
        return SERVICES.values().stream().map(Service::prefix).collect(Collectors.toSet());
    }

    /** What leads the vendor's clients and tools to a server. */
    public static Map<String, String> environment(URI url) {
        return Map.of(
                "AWS_ENDPOINT_URL", url.toString(),
                "AWS_ACCESS_KEY_ID", "AKIAEMULATED",
                "AWS_SECRET_ACCESS_KEY", "emulated",
                // No other source of credentials and regions may be used.
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    /** Answers a request. */
    public HttpReply answer(HttpCall call) {
        Protocol protocol = BEFORE_SERVICES;
        try {
            CredentialScope scope = CredentialScope.of(call, call.query());
            Service service = Optional.ofNullable(SERVICES.get(scope.service()))
                    .orElseThrow(() -> new WireRefusal(
                            404, "UnknownOperationException", "Service " + scope.service() + " is not emulated"));
            protocol = service.protocol();
            return answer(call, service, region(scope.region()));
        } catch (WireRefusal refusal) {
            return protocol.error(refusal.status, refusal.code, refusal.text());
        } catch (AwsServiceException refusal) {
            return protocol.error(
                    refusal.statusCode() == 0 ? 400 : refusal.statusCode(),
                    refusal.awsErrorDetails().errorCode(),
                    refusal.awsErrorDetails().errorMessage());
        } catch (SdkClientException disconnected) {
            return HttpReply.DISCONNECTED;
        } catch (RuntimeException defect) {
            return protocol.error(500, "InternalFailure", "The emulator failed: " + defect);
        }
    }

    private RegionClients region(String name) {
        try {
            if (Region.regions().contains(Region.of(name))) {
                return regions.apply(name);
            }
        } catch (IllegalArgumentException ofAnotherPartition) {
            // Refused like one that does not exist.
        }
        throw new WireRefusal(403, "SignatureDoesNotMatch", "Credential should be scoped to a valid region.");
    }

    private static HttpReply answer(HttpCall call, Service service, RegionClients region) {
        Map<WireOperation, Target> operations = new LinkedHashMap<>();
        for (Target target : region.targets(service.prefix())) {
            target.requests().forEach(request -> operations.put(WireOperation.of(request), target));
        }
        Protocol protocol = service.protocol();
        WireOperation operation;
        SdkPojo request;
        try {
            operation = protocol.operation(call, operations.keySet());
            SdkPojo builder = operation.builder();
            protocol.read(call, operation, builder);
            request = (SdkPojo) Values.build(builder);
        } catch (IllegalArgumentException e) {
            throw protocol.malformed(String.valueOf(e.getMessage()));
        }
        RequiredMembers.missing(service.prefix() + ":" + operation.name(), request)
                .ifPresent(member -> {
                    throw protocol.missing(operation, member);
                });
        Target target = Objects.requireNonNull(operations.get(operation));
        return protocol.response(operation, (SdkPojo) target.call(request));
    }
}
