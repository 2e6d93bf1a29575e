/** Microsoft.Resources and Microsoft.Features: the subscription, its groups, and the registration of resource providers. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.resources;

import org.jspecify.annotations.NullMarked;
