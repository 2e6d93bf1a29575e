/** Microsoft.Storage. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.storage;

import org.jspecify.annotations.NullMarked;
