// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;

/** Clients of AWS that ask for one thing in a wrong way. */
record MutantAwsClients(AwsClients.Factory right, Mutant mutant) implements AwsClients.Factory {
    private static final Object[] NONE = {};

    @Override
    public AwsClients open(String region, EksSettings settings) {
        return proxy(AwsClients.class, right.open(region, settings), new Surroundings());
    }

    /** What a proxy does with one call; null when it does not know it. */
    private interface Wrong {
        @Nullable
        Object call(Object client, String method, @Nullable Object argument);
    }

    private static <T> T proxy(Class<T> type, T client, Wrong wrong) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(client, method, arguments == null ? NONE : arguments, wrong)));
    }

    private static @Nullable Object call(Object client, Method method, Object[] arguments, Wrong wrong)
            throws Throwable {
        Object argument = arguments.length == 0 ? null : arguments[0];
        Object answer = wrong.call(client, method.getName(), argument);
        if (answer != null) {
            return answer;
        }
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private final class Surroundings implements Wrong {
        @Override
        public @Nullable Object call(Object client, String method, @Nullable Object argument) {
            AwsClients clients = (AwsClients) client;
            return switch (mutant) {
                case TAGS_AFTER_CREATION ->
                    method.equals("ec2") ? proxy(Ec2Client.class, clients.ec2(), new TagsLater()) : null;
                case DELETES_BY_PREFIX ->
                    method.equals("ec2") ? proxy(Ec2Client.class, clients.ec2(), new Prefix()) : null;
                case REUSES_A_TOKEN ->
                    method.equals("eks") ? proxy(EksClient.class, clients.eks(), new OneToken()) : null;
                default -> null;
            };
        }
    }

    private static final class TagsLater implements Wrong {
        @Override
        public @Nullable Object call(Object client, String method, @Nullable Object argument) {
            Ec2Client ec2 = (Ec2Client) client;
            if (method.equals("createVpc")) {
                CreateVpcRequest request =
                        built(CreateVpcRequest.builder(), argument).build();
                CreateVpcResponse made = ec2.createVpc(
                        request.toBuilder().tagSpecifications(List.of()).build());
                tag(ec2, made.vpc().vpcId(), request.tagSpecifications());
                return made;
            }
            if (method.equals("allocateAddress")) {
                AllocateAddressRequest request =
                        built(AllocateAddressRequest.builder(), argument).build();
                AllocateAddressResponse made = ec2.allocateAddress(
                        request.toBuilder().tagSpecifications(List.of()).build());
                tag(ec2, made.allocationId(), request.tagSpecifications());
                return made;
            }
            return null;
        }

        private static void tag(Ec2Client ec2, String id, List<TagSpecification> tags) {
            var unused = ec2.createTags(r -> r.resources(id).tags(tags.get(0).tags()));
        }
    }

    private static final class Prefix implements Wrong {
        @Override
        public @Nullable Object call(Object client, String method, @Nullable Object argument) {
            if (!method.equals("describeVolumesPaginator")) {
                return null;
            }
            DescribeVolumesRequest request =
                    built(DescribeVolumesRequest.builder(), argument).build();
            return ((Ec2Client) client)
                    .describeVolumesPaginator(request.toBuilder()
                            .filters(request.filters().stream()
                                    .map(Prefix::loose)
                                    .toList())
                            .build());
        }

        private static Filter loose(Filter filter) {
            return filter.name().startsWith("tag:")
                    ? filter.toBuilder()
                            .values(filter.values().stream()
                                    .map(value -> value + "*")
                                    .toList())
                            .build()
                    : filter;
        }
    }

    private static final class OneToken implements Wrong {
        @Override
        public @Nullable Object call(Object client, String method, @Nullable Object argument) {
            if (!method.equals("createNodegroup")) {
                return null;
            }
            CreateNodegroupRequest request =
                    built(CreateNodegroupRequest.builder(), argument).build();
            return ((EksClient) client)
                    .createNodegroup(request.toBuilder()
                            .clientRequestToken("token of " + request.nodegroupName())
                            .build());
        }
    }

    /** The SDK takes a request, or what fills in its builder; the provider uses the latter. */
    @SuppressWarnings("unchecked")
    private static <B> B built(B builder, @Nullable Object fill) {
        if (!(fill instanceof Consumer<?> consumer)) {
            throw new IllegalArgumentException("not a consumer: " + fill);
        }
        ((Consumer<B>) consumer).accept(builder);
        return builder;
    }
}
