/**
 * The services behind {@link io.osmo.backend.testkit.azure.EmulatedAzure}: a package for each resource provider, and {@code arm}
 * for what they share. A service registers its resource types and endpoints with ARM; one class for each type holds its rules.
 */
@NullMarked
package io.osmo.backend.testkit.internal.azure;

import org.jspecify.annotations.NullMarked;
