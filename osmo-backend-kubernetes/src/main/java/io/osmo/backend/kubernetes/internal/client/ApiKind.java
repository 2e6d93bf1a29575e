// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;

/**
 * A kind of object as an API server serves it.
 *
 * @param apiVersion group and version, such as {@code apps/v1}
 * @param plural as its addresses have it, such as {@code deployments}
 */
public record ApiKind(String apiVersion, String name, String plural, boolean namespaced) {
    public MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            in(KubernetesClient client) {
        int slash = apiVersion.indexOf('/');
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
                .withVersion(apiVersion.substring(slash + 1))
                .withKind(name)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build());
    }

    /** The object at its address. A namespace of an object that has none is left out, since charts give one to everything. */
    public Resource<GenericKubernetesResource> at(KubernetesClient client, GenericKubernetesResource object) {
        String namespace = object.getMetadata().getNamespace();
        if (namespaced) {
            if (namespace == null || namespace.isEmpty()) {
                throw CloudException.builder(
                                CloudError.INVALID_REQUEST,
                                "kubernetes:find " + name + " "
                                        + object.getMetadata().getName())
                        .code("NoNamespace")
                        .message("a " + name + " is in a namespace, and the manifest names none")
                        .remedy("Give it metadata.namespace.")
                        .build();
            }
            return in(client).inNamespace(namespace).resource(object);
        }
        if (namespace == null) {
            return in(client).resource(object);
        }
        GenericKubernetesResource without = new GenericKubernetesResourceBuilder(object)
                .editMetadata()
                .withNamespace(null)
                .endMetadata()
                .build();
        return in(client).resource(without);
    }
}
