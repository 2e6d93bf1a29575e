/** The custom roles that let a host do its work. */
@NullMarked
package io.osmo.backend.azure.internal.permission;

import org.jspecify.annotations.NullMarked;
